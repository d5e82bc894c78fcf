// Asking: the answers as bars, and which of them moved since something was hidden or reworded.
import { postJson } from './api.js';
import { byId, h, percent, say, trouble } from './dom.js';
import { hidden, onChange, set, state } from './state.js';

let abort = null;
let last = null; // { picture, question, model, hidden, result }
let before = null; // the same, to compare with
const listeners = [];

/** Tells when there are answers: with the answers, and the question that they are compared with or null. */
export function onAnswers(listener) { listeners.push(listener); }

export function start(about) {
  byId('questions').replaceChildren(...about.questions.map(value => h('option', { value })));
  byId('model').replaceChildren(...about.models.map(model => h('option', { value: model.name }, model.name)));
  byId('model-choice').hidden = about.models.length < 2;
  byId('model').addEventListener('change', event => set({ model: event.target.value, answer: '', hidden: '' }));
  byId('question-form').addEventListener('submit', event => {
    event.preventDefault();
    const question = byId('question').value.trim();
    if (question === state.question) ask(); else set({ question, answer: last?.question && state.answer ? state.answer : '' });
  });
  onChange(changed => {
    if (changed.has('question') && byId('question').value.trim() !== state.question) byId('question').value = state.question;
    if (changed.has('model')) byId('model').value = state.model || about.models[0].name;
    if (['picture', 'question', 'model', 'hidden', 'baseline'].some(key => changed.has(key))) ask();
    if (changed.has('answer')) mark();
  });
}

export const body = () => ({ picture: state.picture, question: state.question, model: state.model || null, hidden: hidden(), baseline: state.baseline });

async function ask() {
  abort?.abort();
  if (!state.picture || !state.question) return;
  abort = new AbortController();
  const asked = body();
  try {
    before = await reference(asked, abort.signal);
    const result = await postJson('api/ask', { ...asked, also: before?.result.answers.map(one => one.answer) ?? [] }, abort.signal);
    last = { ...asked, result };
    trouble(null);
    show(result);
    for (const listener of listeners) listener(result, before);
  } catch (error) { trouble(error); }
}

// Hidden patches are compared with the whole picture, and a new question with the one before.
async function reference(asked, signal) {
  const sameScene = one => one && one.picture === asked.picture && one.model === asked.model;
  if (asked.hidden.length > 0) {
    const whole = { ...asked, hidden: [] };
    if (sameScene(before) && before.question === asked.question && before.hidden.length === 0) return before;
    if (sameScene(last) && last.question === asked.question && last.hidden.length === 0) return last;
    return { ...whole, result: await postJson('api/ask', whole, signal) };
  }
  return sameScene(last) && last.question !== asked.question && last.hidden.length === 0 ? last : null;
}

function show(result) {
  const was = new Map(before?.result.answers.map(one => [one.answer, one.probability]));
  const here = new Set(result.answers.map(one => one.answer));
  const gone = (result.also ?? []).filter(one => was.has(one.answer) && !here.has(one.answer) && was.get(one.answer) >= 0.01).slice(0, 2);
  byId('answers').replaceChildren(...[...result.answers, ...gone].map(one => h('li', {}, bar(one, was.get(one.answer)))));
  byId('answers-note').textContent = before
    ? `The mark on a bar is where the answer was ${asked(before)}.`
    : 'Each answer is scored by itself, so they need not sum to 100 %. Click one to see why.';
  mark();
  say(`${result.answers[0].answer}, ${percent(result.answers[0].probability)}`);
}

const asked = before => before.question === state.question ? 'with nothing hidden' : `to “${before.question}”`;

function bar({ answer, probability }, was) {
  const moved = was !== undefined && Math.abs(was - probability) >= 0.005;
  return h('button', { type: 'button', 'data-answer': answer, 'aria-pressed': 'false', onclick: () => set({ answer }) },
    h('span', { class: 'name' }, answer), h('span', { class: 'percent' }, percent(probability)),
    h('span', { class: 'bar', 'aria-hidden': 'true' }, h('span', { style: { width: `${100 * probability}%` } }), moved && h('i', { style: { left: `${100 * was}%` } })),
    moved && h('span', { class: 'moved' }, `${probability > was ? '▲' : '▼'} was ${percent(was)}`));
}

function mark() {
  for (const button of byId('answers').querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.answer === state.answer));
}

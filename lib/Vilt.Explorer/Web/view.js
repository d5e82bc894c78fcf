// The view in which one asks and sees why: the picture with its map, hiding parts, the difference that it makes.
import { get, picture } from './api.js';
import { body, onAnswers } from './ask.js';
import { byId, choice, h, modes, say, trouble } from './dom.js';
import { Explanation, explain } from './explanation.js';
import { controls, keys, look } from './look.js';
import { buttons } from './share.js';
import { hidden, onChange, set, state } from './state.js';
import { Stage } from './stage.js';

export const stage = new Stage('The picture. Arrow keys move from patch to patch.');
const explanation = new Explanation(show);
let about = null;
let seen = null; // the last answers' sizes
let before = null; // the question that the last one is compared with
let earlier = null; // its map: { key, values }

export function start(given) {
  about = given;
  byId('stage').append(stage.element);
  stage.onhide = patches => set({ hidden: patches.sort((a, b) => a - b).join('.') });
  onAnswers((result, reference) => {
    [seen, before] = [result, reference];
    stage.sees(result.width, result.height, result.patchSize);
    stage.hidden = hidden();
    if (state.answer) why(); else rest();
  });
  onChange(changed => {
    if (changed.has('picture')) showPicture();
    if (['picture', 'id', 'model'].some(key => changed.has(key))) showMask();
    if (changed.has('hidden')) stage.hidden = hidden();
    if (['picture', 'question', 'model', 'hidden', 'baseline'].some(key => changed.has(key))) explanation.stop(); // answers come first
    else if (['answer', 'method', 'steps', 'difference', 'tab'].some(key => changed.has(key)) && seen) if (state.answer) why(); else rest();
    if (keys.some(key => changed.has(key)) || changed.has('hidden')) redraw();
  });
  tools(false);
  rest();
}

async function showPicture() {
  stage.map = stage.mask = null;
  if (!state.picture) return;
  try { await stage.show(await picture(`api/pictures/${state.picture}`)); } catch (error) { trouble(error); }
}

async function showMask() {
  const id = state.id;
  stage.mask = null;
  if (!id) return;
  try {
    const mask = await get(`api/mask/${id}?model=${encodeURIComponent(state.model || about.models[0].name)}`);
    if (id === state.id) stage.mask = mask;
  } catch { /* none is known: nothing to show */ }
}

function tools(hides) {
  stage.hides = hides;
  stage.canvas.classList.toggle('hides', hides);
  byId('tool').replaceChildren(...modes({ look: 'Look', hide: 'Hide parts' }, hides ? 'hide' : 'look', value => tools(value === 'hide')));
  redraw();
}

function redraw() {
  stage.look = look();
  stage.draw();
  const patches = hidden().length;
  byId('hide-hint').hidden = !stage.hides && patches === 0;
  byId('hide-hint').replaceChildren(
    patches > 0 ? `${patches} ${patches === 1 ? 'patch is' : 'patches are'} hidden. ` : 'Click a patch or draw a box to hide it and ask again. With the keyboard: arrow keys and space. ',
    patches > 0 ? h('button', { type: 'button', onclick: () => set({ hidden: '' }) }, 'Show everything again') : '');
  if (explanation.map) explanation.show(explanation.map, state.colors);
}

export const request = () => ({ ...body(), answer: state.answer || null, method: state.method, steps: Number(state.steps), questionId: state.id ? Number(state.id) : null });

async function why() {
  rest(false);
  explanation.stop();
  if (state.tab !== 'ask') return;
  const wanted = request();
  await explanation.run(wanted, state.colors, state.difference && before ? signal => mapBefore(wanted, signal) : undefined);
}

// The map of the question that this one is compared with, for the same answer.
async function mapBefore(wanted, signal) {
  const asked = { ...wanted, question: before.question, hidden: before.hidden };
  const key = JSON.stringify(asked);
  if (earlier?.key === key) return;
  say('Explaining the question before.');
  await explain(asked, signal, map => { earlier = { key, values: map.values }; });
}

function show(map) {
  const isDifference = state.difference && before && earlier?.values.length === map.values.length;
  const values = isDifference ? map.values.map((value, i) => value - earlier.values[i]) : map.values;
  stage.map = { values, width: map.width, height: map.height };
}

function rest(clears = true) {
  if (clears) {
    stage.map = null;
    explanation.clear('Click an answer to see which words and which parts of the picture led to it.');
  }
  const options = names => names.map(name => [name, label(name)]);
  byId('map-controls').replaceChildren(...(clears ? [] : controls()));
  byId('why').replaceChildren(explanation.element, ...(clears ? [] : [
    h('div', { class: 'choices' },
      choice('Method', options(about.methods), state.method, method => set({ method })),
      choice('Compared with', [['Zero', 'gray'], ['Mean', 'mean color'], ['Blur', 'blurred picture']], state.baseline, baseline => set({ baseline })),
      choice('Steps', ['10', '30', '100', '300'].map(n => [n, n]), state.steps, steps => set({ steps }))),
    before && h('label', { class: 'check' },
      h('input', { type: 'checkbox', checked: Boolean(state.difference), onchange: event => set({ difference: event.target.checked ? '1' : '' }) }),
      'Show what changed in the map'),
    buttons(about, stage, request),
  ].filter(Boolean)));
  stage.look = look();
}

export const label = method => ({ lig: 'integrated gradients' })[method] ?? method.replaceAll('-', ' ').replace('x gradient', '× gradient');

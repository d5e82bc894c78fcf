// The data set as a table: filtered, sorted, page by page; what is in view is answered when it comes into view.
import { get, picture, postJson } from './api.js';
import { byId, choice, h, percent, say, trouble } from './dom.js';
import { onChange, set, state } from './state.js';

const filters = ['right', 'kind', 'given', 'least', 'most', 'hit', 'text', 'sort', 'falling', 'page', 'model'];
const shell = {};
let about = null;
let stopped = true;
let turn = 0;

export function start(given) {
  about = given;
  Object.assign(shell, {
    filters: h('div', { class: 'filters' }), status: h('p', { class: 'hint', role: 'status' }), all: h('span', { class: 'row' }),
    rows: h('tbody'), pages: h('div', { class: 'pages' }),
  });
  byId('view-browse').replaceChildren(h('section', { class: 'card', 'aria-labelledby': 'browse-title' },
    h('div', { class: 'head' }, h('h2', { id: 'browse-title' }, 'The data set'), shell.all), shell.filters, shell.status,
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of questions' }, h('table', {}, h('thead', {}, heads()), shell.rows)),
    shell.pages, h('p', { class: 'hint' }, 'Keys: j and k go down and up, Enter opens, n and p turn the page.')));
  onChange(changed => { if (state.tab === 'browse' && (changed.has('tab') || filters.some(key => changed.has(key)))) load(); });
  addEventListener('keydown', keys);
}

const heads = () => h('tr', {}, ...['Picture', 'Question', 'Asks for', 'Truth', 'Answer', 'Probability', 'Accuracy', 'Points'].map((name, i) =>
  h('th', { scope: 'col', class: [2, 3].includes(i) ? 'hide-small' : null }, name)));

async function load() {
  const own = ++turn;
  const query = new URLSearchParams({ page: state.page, falling: state.falling === '1' });
  for (const [key, name] of [['right', 'right'], ['kind', 'kind'], ['given', 'answer'], ['hit', 'hit'], ['text', 'text'], ['sort', 'sort'], ['model', 'model']]) if (state[key]) query.set(name, state[key]);
  if (state.least) query.set('least', state.least / 100);
  if (state.most) query.set('most', state.most / 100);
  try {
    const page = await get(`api/rows?${query}`);
    if (own !== turn) return;
    show(page);
    const missing = page.rows.filter(row => row.answer === null).map(row => row.id);
    if (missing.length > 0) update(await postJson('api/answers', { model: state.model || null, ids: missing, next: missing.length }), own);
    trouble(null);
  } catch (error) { trouble(error); }
}

function show(page) {
  const set1 = key => value => set({ [key]: value, page: 0 });
  if (!shell.filters.contains(document.activeElement)) {
    shell.filters.replaceChildren(
      search('Question contains', 'text'),
      choice('Answer is', [['', 'any'], ['right', 'right'], ['partly', 'partly right'], ['wrong', 'wrong']], state.right, set1('right')),
      choice('Asks for', [['', 'anything'], ...page.kinds.map(kind => [kind, words(kind)])], state.kind, set1('kind')),
      choice('Model’s answer', [['', 'any'], ...page.answers.map(answer => [answer, answer])], state.given, set1('given')),
      choice('Confidence', [['-', 'any'], ['0-50', 'below 50 %'], ['50-90', '50 to 90 %'], ['90-100', 'above 90 %']], state.least || state.most ? `${state.least}-${state.most}` : '-', confidence),
      ...(page.hasMasks ? [choice('Points at what decides', [['', 'either'], ['true', 'yes'], ['false', 'no']], state.hit, set1('hit'))] : []),
      choice('Sort by', [['', 'the data set'], ['question', 'question'], ['probability', 'probability'], ['score', 'accuracy']], state.sort, set1('sort')),
      choice('Order', [['', 'rising'], ['1', 'falling']], state.falling, set1('falling')));
  }
  shell.rows.replaceChildren(...page.rows.map(row));
  status(page);
  const last = Math.max(0, Math.ceil(page.length / page.pageSize) - 1), here = Number(state.page);
  shell.pages.replaceChildren(
    h('button', { type: 'button', disabled: here === 0, onclick: () => set({ page: here - 1 }) }, 'Previous page'),
    h('span', { class: 'hint' }, `page ${here + 1} of ${last + 1}`),
    h('button', { type: 'button', disabled: here >= last, onclick: () => set({ page: here + 1 }) }, 'Next page'));
  shell.last = last;
}

function confidence(value) { const [least, most] = value.split('-'); set({ least, most, page: 0 }); }

function search(label, key) {
  const input = h('input', { type: 'search', value: state[key], onchange: () => set({ [key]: input.value, page: 0 }) });
  return h('label', {}, label, input);
}

function status({ length, answered, all, hasMasks }) {
  const needs = ['right', 'given', 'least', 'most', 'hit'].some(key => state[key]);
  if (length !== undefined) shell.length = length;
  if (hasMasks !== undefined) shell.hasMasks = hasMasks;
  shell.status.textContent = `${shell.length} of ${all} questions. ${answered === all ? 'All are answered.' : `${answered} are answered${needs ? '; the filter finds only those' : ''}.`}`;
  shell.all.replaceChildren(
    answered < all ? h('button', { type: 'button', onclick: answerAll }, stopped ? 'Answer all' : 'Stop') : '',
    shell.hasMasks ? h('button', { type: 'button', onclick: pointing }, 'See where the answers in view point') : '');
}

const words = kind => kind.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

function row(one) {
  const image = h('img', { alt: '', loading: 'lazy' });
  picture(`api/pictures/${one.picture}/thumbnail`).then(url => { image.src = url; }, () => {});
  return h('tr', { 'data-id': one.id, onclick: () => open(one) },
    h('td', { class: 'thumb' }, h('div', {}, image)),
    h('td', {}, h('button', { type: 'button', class: 'open', onclick: event => { event.stopPropagation(); open(one); } }, one.question)),
    h('td', { class: 'hide-small' }, words(one.kind)), h('td', { class: 'hide-small' }, one.truth ?? ''), ...cells(one));
}

const cells = one => [
  h('td', {}, one.answer ?? '…'), h('td', { class: 'number' }, one.probability === null ? '' : percent(one.probability)),
  h('td', { class: `mark ${one.score === null ? '' : one.score === 0 ? 'bad' : 'good'}` }, one.score === null ? '' : one.score === 100 ? '✓ right' : one.score === 0 ? '✗ wrong' : `${one.score.toFixed(0)} %`),
  h('td', { class: `mark ${one.hit === null ? '' : one.hit ? 'good' : 'bad'}` }, one.hit === null ? '' : one.hit ? '✓ hits' : '✗ misses')];

function update(found, own) {
  if (own !== turn) return;
  for (const one of found.rows) {
    const line = shell.rows.querySelector(`tr[data-id="${one.id}"]`);
    line?.replaceChildren(...[...line.children].slice(0, 4), ...cells(one));
  }
  status(found);
}

async function answerAll() {
  if (!stopped) { stopped = true; return; }
  stopped = false;
  try {
    for (let found; !stopped && state.tab === 'browse'; ) {
      found = await postJson('api/answers', { model: state.model || null, next: 32 });
      status(found);
      if (found.answered >= found.all) break;
    }
    say('The questions are answered.');
  } catch (error) { trouble(error); }
  stopped = true;
  load();
}

async function pointing() {
  const own = turn;
  try {
    for (const line of [...shell.rows.children]) {
      if (own !== turn) return;
      update(await postJson('api/pointing', { model: state.model || null, ids: [Number(line.dataset.id)] }), own);
    }
  } catch (error) { trouble(error); }
}

function open(one) { set({ tab: 'ask', picture: one.picture, question: one.question, id: one.id, answer: one.answer ?? '', hidden: '' }); }

function keys(event) {
  if (state.tab !== 'browse' || event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
  const links = [...shell.rows.querySelectorAll('.open')], here = links.indexOf(document.activeElement);
  if (event.key === 'j') links[Math.min(links.length - 1, here + 1)]?.focus();
  else if (event.key === 'k') links[Math.max(0, here - 1)]?.focus();
  else if (event.key === 'n' && Number(state.page) < shell.last) set({ page: Number(state.page) + 1 });
  else if (event.key === 'p' && Number(state.page) > 0) set({ page: Number(state.page) - 1 });
}

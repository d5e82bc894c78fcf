// The state of the page is in its address, after the #: copy the address to share it.

export const defaults = {
  tab: 'ask', picture: '', question: '', model: '', answer: '', id: '', hidden: '',
  method: 'lig', baseline: 'Zero', steps: '30',
  model2: '', method2: 'input-x-gradient', baseline2: 'Zero',
  opacity: '80', cut: '5', sign: 'both', grain: 'patch', colors: 'green', difference: '',
  right: '', kind: '', given: '', least: '', most: '', hit: '', text: '', sort: '', falling: '', page: '0',
};

export const state = { ...defaults };
const listeners = [];

export function onChange(listener) { listeners.push(listener); }

/** Changes the state, the address with it, and tells everyone what changed. */
export function set(changes, { keepsHistory = true } = {}) {
  const changed = Object.keys(changes).filter(key => state[key] !== String(changes[key] ?? ''));
  if (changed.length === 0) return;
  for (const key of changed) state[key] = String(changes[key] ?? '');
  const address = '#' + text();
  if (keepsHistory && changed.some(key => ['tab', 'picture', 'question', 'answer'].includes(key))) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
  tell(changed);
}

export function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  const before = { ...state };
  for (const key of Object.keys(defaults)) state[key] = given.get(key) ?? defaults[key];
  tell(Object.keys(defaults).filter(key => before[key] !== state[key]));
}

export const hidden = () => state.hidden === '' ? [] : state.hidden.split('.').map(Number);

function text() {
  const shown = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) if (value !== defaults[key]) shown.set(key, value);
  return shown.toString();
}

function tell(changed) {
  if (changed.length === 0) return;
  for (const listener of listeners) listener(new Set(changed));
}

addEventListener('popstate', read);

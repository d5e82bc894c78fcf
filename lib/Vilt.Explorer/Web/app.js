// Starts the page: what there is to choose from, then the state that the address names.
import { get } from './api.js';
import * as ask from './ask.js';
import * as browse from './browse.js';
import * as compare from './compare.js';
import { byId, trouble } from './dom.js';
import * as path from './path.js';
import * as pictures from './pictures.js';
import { onChange, read, set, state } from './state.js';
import * as view from './view.js';

const themeKey = 'vilt-explorer-theme';

function tabs() {
  for (const button of document.querySelectorAll('[data-tab]')) {
    button.addEventListener('click', () => set({ tab: button.dataset.tab }));
  }
  onChange(changed => { if (changed.has('tab')) showTab(); });
}

function showTab() {
  for (const button of document.querySelectorAll('[data-tab]')) {
    if (button.dataset.tab === state.tab) button.setAttribute('aria-current', 'page'); else button.removeAttribute('aria-current');
  }
  for (const name of ['ask', 'compare', 'browse']) byId(`view-${name}`).hidden = name !== state.tab;
  document.querySelector('section.ask').hidden = state.tab === 'browse';
}

function settings() {
  byId('colors').addEventListener('change', event => set({ colors: event.target.value }));
  onChange(changed => { if (changed.has('colors')) showColors(); });
  byId('theme').addEventListener('change', event => {
    document.documentElement.dataset.theme = event.target.value;
    try { localStorage.setItem(themeKey, event.target.value); } catch { /* a frame may not keep it */ }
  });
  try { byId('theme').value = document.documentElement.dataset.theme = localStorage.getItem(themeKey) ?? ''; } catch { /* the system's */ }
}

function showColors() { byId('colors').value = state.colors; document.documentElement.dataset.colors = state.colors; }

try {
  const about = await get('api/about');
  tabs();
  settings();
  for (const part of [pictures, ask, view, path, compare, browse]) part.start(about);
  onChange(changed => { if (changed.has('picture')) pictures.ensure(state.picture); });
  read();
  showTab();
  showColors();
  if (!state.picture) set({ picture: pictures.first() }, { keepsHistory: false });
  document.documentElement.dataset.ready = '';
} catch (error) { trouble(error); }

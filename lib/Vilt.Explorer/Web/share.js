// Keeping what is seen: the page, the picture, the address.
import { post } from './api.js';
import { h, say, trouble } from './dom.js';
import { state } from './state.js';

export function buttons(about, stage, request) {
  return h('div', { class: 'row' },
    about.canSave && h('button', { type: 'button', onclick: () => savePage(request()) }, 'Save page'),
    h('button', { type: 'button', onclick: () => savePicture(stage) }, 'Save picture'),
    h('button', { type: 'button', onclick: copyLink }, 'Copy link'));
}

async function savePage(request) {
  try {
    say('The page is being made.');
    save(new Blob([await (await post('api/page', request)).text()], { type: 'text/html' }), `${name()}.html`);
    trouble(null);
  } catch (error) { trouble(error); }
}

function savePicture(stage) { stage.canvas.toBlob(blob => save(blob, `${name()}.png`)); }

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    say('The link is copied.');
  } catch { trouble(new Error('The browser does not allow copying here: copy the address from its address bar.')); }
}

function save(blob, file) {
  const link = h('a', { href: URL.createObjectURL(blob), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say(`${file} is saved.`);
}

const name = () => `${state.question} ${state.answer}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'explanation';

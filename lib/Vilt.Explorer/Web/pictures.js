// Choosing a picture: the strip, a file, the camera, dropping and pasting.
import { picture, upload } from './api.js';
import { byId, h, say, trouble } from './dom.js';
import { onChange, set, state } from './state.js';

const longestPhoto = 2048;
let most = Infinity;
const shown = [];

export function start(about) {
  most = about.mostBytes;
  for (const id of [...about.examples, ...about.pictures]) add(id);
  byId('file').addEventListener('change', event => { take(event.target.files[0]); event.target.value = ''; });
  byId('photo').addEventListener('change', async event => { take(await upright(event.target.files[0])); event.target.value = ''; });
  addEventListener('paste', event => take([...event.clipboardData.files].find(file => file.type.startsWith('image/'))));
  addEventListener('dragover', event => { if (event.dataTransfer.types.includes('Files')) { event.preventDefault(); byId('drop').hidden = false; } });
  addEventListener('dragleave', event => { if (!event.relatedTarget) byId('drop').hidden = true; });
  addEventListener('drop', event => { event.preventDefault(); byId('drop').hidden = true; take(event.dataTransfer.files[0]); });
  onChange(changed => { if (changed.has('picture')) mark(); });
}

export const first = () => shown[0] ?? '';

/** Shows a picture of the data set that is not in the strip yet. */
export function ensure(id) { if (id && !shown.includes(id)) add(id, true); mark(); }

async function take(file) {
  if (!file) return;
  try {
    if (file.size > most) throw new Error(`The picture is larger than ${most / 1e6} MB: make it smaller first.`);
    const { id } = await upload(file);
    trouble(null);
    if (!shown.includes(id)) add(id, true);
    set({ picture: id, id: '', hidden: '', answer: '' });
    say('The picture is there.');
  } catch (error) { trouble(error); }
}

function add(id, atFront = false) {
  const image = h('img', { alt: '', loading: 'lazy' });
  const name = id.replace(/^example-/, '').replace(/^data-/, 'picture ').replace(/^upload-.*/, 'your picture');
  const button = h('button', { type: 'button', 'aria-label': name, title: name, 'data-id': id, 'aria-pressed': 'false', onclick: () => set({ picture: id, id: '', hidden: '', answer: '' }) }, image);
  new IntersectionObserver((entries, observer) => {
    if (!entries.some(entry => entry.isIntersecting)) return;
    observer.disconnect();
    picture(`api/pictures/${id}/thumbnail`).then(url => { image.src = url; }, () => {});
  }).observe(button);
  if (atFront) { byId('strip').prepend(button); shown.unshift(id); } else { byId('strip').append(button); shown.push(id); }
}

function mark() {
  for (const button of byId('strip').children) {
    const isChosen = button.dataset.id === state.picture;
    button.setAttribute('aria-pressed', String(isChosen));
    if (isChosen) byId('strip').scrollTo({ left: button.offsetLeft - 100 });
  }
}

// Cameras turn pictures by a note in the file, which models don't read.
async function upright(file) {
  if (!file) return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, longestPhoto / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/png' });
}

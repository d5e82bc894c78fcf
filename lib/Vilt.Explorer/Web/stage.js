// A picture with its map on a canvas: what lies under the pointer, and which patches are hidden.
import { h, say, signed } from './dom.js';
import { outline, paint, patchSums, scaleOf } from './maps.js';

const longest = 1000; // of the canvas, in its own pixels

export class Stage {
  #map = null; #sums = null; #scales = {}; #lines = null; #image = null; #plain = null; #alpha = 1;
  #at = null; #box = null; #hidden = new Set(); #size = null; #side = 1; #outlined = false;
  look = { opacity: 0.8, cut: 0.05, sign: 'both', grain: 'patch', colors: 'green' };
  hides = false;
  onpoint = () => {};
  onhide = () => {};

  constructor(label) {
    this.canvas = h('canvas', { tabindex: '0', role: 'application', 'aria-roledescription': 'picture by patches', 'aria-label': label, width: 600, height: 400 });
    this.readout = h('p', { class: 'readout' });
    this.element = h('div', { class: 'stage' }, this.canvas, this.readout);
    this.canvas.addEventListener('pointermove', event => this.#move(event));
    this.canvas.addEventListener('pointerleave', () => this.#leave());
    this.canvas.addEventListener('pointerdown', event => this.#down(event));
    this.canvas.addEventListener('pointerup', event => this.#up(event));
    this.canvas.addEventListener('pointercancel', () => { this.#box = null; this.draw(); });
    this.canvas.addEventListener('keydown', event => this.#key(event));
  }

  get size() { return this.#size; }
  get columns() { return this.#size ? Math.floor(this.#size.width / this.#side) : 0; }
  get rows() { return this.#size ? Math.floor(this.#size.height / this.#side) : 0; }

  async show(url) {
    const image = new Image();
    image.src = url;
    await image.decode();
    this.#image = image;
    if (!this.#size) this.#resize(image.width, image.height);
    this.draw();
  }

  /** The size at which the model sees the picture, and the side of its patches. */
  sees(width, height, side) { this.#size = { width, height }; this.#side = side; this.#resize(width, height); this.draw(); }

  set map(map) { // { values, width, height } or null
    this.#map = map;
    this.#sums = map && patchSums(map.values, map.width, map.height, this.#side);
    this.#scales = map ? { pixel: scaleOf(map.values), patch: scaleOf(this.#sums) } : {};
    this.#lines = null;
    this.draw();
    this.#tell();
  }

  set mask(mask) { this.#outlined = Boolean(mask); this.#lines = mask && { ...mask, lines: outline(mask) }; this.draw(); }
  set hidden(patches) { this.#hidden = new Set(patches); this.draw(); }
  set plain(image) { this.#plain = image; this.draw(); }
  set alpha(alpha) { this.#alpha = alpha; this.draw(); }

  /** What another stage points at. */
  point(at) { this.#at = at; this.draw(); this.#tell(); }

  draw() {
    const { canvas } = this, context = canvas.getContext('2d');
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = true;
    if (this.#image) {
      context.filter = this.#map && this.#alpha === 1 ? 'saturate(0.45) contrast(0.9)' : 'none';
      context.drawImage(this.#image, 0, 0, canvas.width, canvas.height);
      context.filter = 'none';
    }
    if (this.#plain && this.#alpha < 1) {
      context.globalAlpha = 1 - this.#alpha;
      context.drawImage(this.#plain, 0, 0, canvas.width, canvas.height);
      context.globalAlpha = 1;
    }
    if (this.#map && this.#alpha === 1) this.#drawMap(context);
    if (this.#lines) this.#drawMask(context);
    this.#drawHidden(context);
    if (this.#at) this.#frame(context, this.#patchBox(this.#at), 'rgb(255 255 255)', 2);
  }

  #resize(width, height) {
    const scale = longest / Math.max(width, height);
    const [w, hh] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.canvas.width !== w || this.canvas.height !== hh) [this.canvas.width, this.canvas.height] = [w, hh];
  }

  #drawMap(context) {
    const { values, width, height } = this.#map, byPatch = this.look.grain === 'patch';
    const [shown, w, hh] = byPatch ? [this.#sums, this.columns, this.rows] : [values, width, height];
    const small = new OffscreenCanvas(w, hh);
    small.getContext('2d').putImageData(paint(shown, w, hh, { ...this.look, scale: byPatch ? this.#scales.patch : this.#scales.pixel }), 0, 0);
    context.imageSmoothingEnabled = false;
    context.globalAlpha = this.look.opacity;
    context.drawImage(small, 0, 0, this.canvas.width, this.canvas.height);
    context.globalAlpha = 1;
  }

  #drawMask(context) {
    const scale = [this.canvas.width / this.#lines.width, this.canvas.height / this.#lines.height];
    for (const [color, width] of [['rgb(0 0 0 / 0.8)', 5], ['rgb(255 255 255)', 2]]) {
      context.strokeStyle = color; context.lineWidth = width; context.lineCap = 'round';
      context.beginPath();
      for (const [x1, y1, x2, y2] of this.#lines.lines) { context.moveTo(x1 * scale[0], y1 * scale[1]); context.lineTo(x2 * scale[0], y2 * scale[1]); }
      context.stroke();
    }
  }

  #drawHidden(context) {
    const marked = new Set(this.#hidden);
    if (this.#box) for (const patch of this.#inBox()) marked.add(patch);
    for (const patch of marked) {
      const [x, y, w, hh] = this.#patchBox(patch);
      context.fillStyle = 'rgb(110 112 118 / 0.94)';
      context.fillRect(x, y, w + 0.5, hh + 0.5);
      context.strokeStyle = 'rgb(255 255 255 / 0.35)'; context.lineWidth = 1.5;
      context.beginPath(); context.moveTo(x, y + hh); context.lineTo(x + w, y); context.stroke();
    }
  }

  #frame(context, [x, y, w, hh], color, width) {
    context.strokeStyle = 'rgb(0 0 0 / 0.7)'; context.lineWidth = width + 2; context.strokeRect(x, y, w, hh);
    context.strokeStyle = color; context.lineWidth = width; context.strokeRect(x, y, w, hh);
  }

  #patchBox(at) {
    const patch = typeof at === 'number' ? at : at.patch;
    const w = this.canvas.width / this.columns, hh = this.canvas.height / this.rows;
    return [patch % this.columns * w, Math.floor(patch / this.columns) * hh, w, hh];
  }

  #place(event) {
    const box = this.canvas.getBoundingClientRect();
    const within = (value, size) => Math.max(0, Math.min(size - 1, Math.floor(value * size)));
    const x = within((event.clientX - box.left) / box.width, this.#size.width), y = within((event.clientY - box.top) / box.height, this.#size.height);
    return { x, y, patch: Math.min(this.rows - 1, Math.floor(y / this.#side)) * this.columns + Math.min(this.columns - 1, Math.floor(x / this.#side)) };
  }

  #move(event) {
    if (!this.#size) return;
    this.#at = this.#place(event);
    if (this.#box) this.#box.to = this.#at.patch;
    this.draw(); this.#tell(); this.onpoint(this.#at);
  }

  #leave() { if (this.#box) return; this.#at = null; this.draw(); this.#tell(); this.onpoint(null); }

  #down(event) {
    if (!this.hides || !this.#size || event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    const { patch } = this.#place(event);
    this.#box = { from: patch, to: patch };
    this.draw();
  }

  #up() {
    if (!this.#box) return;
    const box = this.#inBox();
    this.#box = null;
    if (box.length === 1) this.#toggle(box[0]); else this.onhide([...new Set([...this.#hidden, ...box])]);
  }

  #inBox() {
    const { from, to } = this.#box, column = patch => patch % this.columns, row = patch => Math.floor(patch / this.columns);
    const [left, right] = [column(from), column(to)].sort((a, b) => a - b), [top, bottom] = [row(from), row(to)].sort((a, b) => a - b);
    const patches = [];
    for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) patches.push(y * this.columns + x);
    return patches;
  }

  #toggle(patch) {
    const patches = new Set(this.#hidden);
    if (!patches.delete(patch)) patches.add(patch);
    this.onhide([...patches]);
  }

  #key(event) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (!this.#size || event.ctrlKey || event.metaKey || event.altKey) return;
    const patch = this.#at?.patch ?? 0;
    if (event.key in steps) {
      const [dx, dy] = this.#at ? steps[event.key] : [0, 0];
      const column = Math.max(0, Math.min(this.columns - 1, patch % this.columns + dx)), row = Math.max(0, Math.min(this.rows - 1, Math.floor(patch / this.columns) + dy));
      this.#at = { x: Math.floor((column + 0.5) * this.#side), y: Math.floor((row + 0.5) * this.#side), patch: row * this.columns + column };
      this.draw(); this.#tell(); this.onpoint(this.#at);
      say(this.readout.textContent);
    } else if ((event.key === ' ' || event.key === 'Enter') && this.hides && this.#at) this.#toggle(patch);
    else if (event.key === 'Escape') this.#leave();
    else return;
    event.preventDefault();
  }

  #tell() {
    if (!this.#at || !this.#size) { this.readout.replaceChildren(this.#outlined ? 'The white line surrounds what decides the answer.' : ''); return; }
    const { x, y, patch } = this.#at, place = `row ${Math.floor(patch / this.columns) + 1}, column ${patch % this.columns + 1}`;
    const pixel = this.#map ? [h('span', {}, `pixel ${x}, ${y}: `, h('b', {}, signed(this.#map.values[y * this.#map.width + x])))] : [];
    const sum = this.#map ? [h('b', {}, signed(this.#sums[patch]))] : [];
    this.readout.replaceChildren(...pixel, h('span', {}, `patch in ${place}${this.#map ? ': ' : ''}`, ...sum, this.#hidden.has(patch) ? ' (hidden)' : ''));
  }
}

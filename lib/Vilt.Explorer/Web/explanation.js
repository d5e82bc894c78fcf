// An explanation as it comes: requests it and shows words, shares and figures. The ask and compare views both use it.
import { events } from './api.js';
import { h, percent, say, signed, trouble } from './dom.js';
import { decode, wordStyle } from './maps.js';

/** Requests an explanation; calls back with each map, coarse at first, with its numbers decoded. */
export async function explain(request, signal, onMap) {
  for await (const { name, data } of events('api/explain', request, signal)) {
    if (name === 'refusal') throw new Error(data.error);
    onMap({ ...data, values: decode(data.pixels) });
  }
}

/** Padding counts as one token, since it comes in dozens. */
export function words(map) {
  const shown = [];
  map.tokens.forEach((token, i) => {
    const previous = shown.at(-1);
    if (token === '[PAD]' && previous?.token === token) { previous.value += map.words[i]; previous.count++; }
    else shown.push({ token, value: map.words[i], count: 1 });
  });
  return shown;
}

export class Explanation {
  #abort = null;
  #explained = ''; // the request that the whole map answers
  #stop = h('button', { type: 'button', onclick: () => this.stop(true) }, 'Stop');
  #progress = h('progress', { max: 1, value: 0, 'aria-label': 'Steps of the path' });
  #steps = h('span', { class: 'hint number' });
  #bar = h('div', { class: 'row', hidden: true }, this.#stop, this.#steps);
  #body = h('div', { class: 'why' });
  element = h('div', { class: 'why' }, this.#body, h('div', { hidden: false }, this.#progress, this.#bar));
  map = null;

  constructor(onMap) { this.onMap = onMap; this.#progress.hidden = true; }

  /** Runs, unless its map is there already, after what is to be prepared; resolves with the whole map, or null if it was stopped. */
  async run(request, colors, prepare) {
    this.stop();
    const wanted = JSON.stringify(request);
    const abort = this.#abort = new AbortController();
    this.#progress.hidden = this.#bar.hidden = false;
    this.#progress.removeAttribute('value');
    this.#steps.textContent = '';
    this.element.setAttribute('aria-busy', 'true');
    try {
      await prepare?.(abort.signal);
      abort.signal.throwIfAborted();
      if (this.map && wanted === this.#explained) {
        this.show(this.map, colors);
        this.onMap(this.map);
        return this.map;
      }
      this.map = null;
      this.#explained = '';
      await explain(request, abort.signal, map => {
        if (this.#abort !== abort) return;
        this.map = map;
        if (map.steps) { this.#progress.max = map.steps; this.#progress.value = map.stepsDone; this.#steps.textContent = `${map.stepsDone} of ${map.steps} steps`; }
        this.show(map, colors);
        this.onMap(map);
      });
      trouble(null);
      this.#explained = wanted;
      if (this.map) say(`Explained ${this.map.answer}: picture ${signed(this.map.picture)}, question ${signed(this.map.text)}.`);
      return this.map;
    } catch (error) {
      if (this.#abort === abort) trouble(error);
      return null;
    } finally {
      if (this.#abort === abort) { this.#abort = null; this.#progress.hidden = this.#bar.hidden = true; this.element.removeAttribute('aria-busy'); }
    }
  }

  /** Stops what is running; the map stays as coarse as it is. */
  stop(isWish = false) {
    this.#abort?.abort();
    if (isWish && this.map) say(`Stopped after ${this.map.stepsDone} steps.`);
  }

  clear(text) { this.stop(); this.map = null; this.#body.replaceChildren(h('p', { class: 'hint' }, text)); }

  show(map, colors) {
    const all = words(map), norm = Math.hypot(...map.words) || 1;
    this.#body.replaceChildren(
      h('p', {}, 'Why ', h('b', {}, map.answer), '?', map.answer === map.predicted ? ` The model gives it ${percent(map.probability)}.` : ` The model’s own answer is ${map.predicted}.`),
      h('p', { class: 'words' }, ...all.flatMap(word => [this.#word(word, norm, colors), ' '])),
      h('p', { class: 'legend' }, h('span', { class: 'pro' }, h('i'), 'speaks for it (+, underlined)'), h('span', { class: 'con' }, h('i'), 'speaks against it (−, dotted)')),
      this.#shares(map), this.#facts(map));
  }

  #word({ token, value, count }, norm, colors) {
    const { className, background } = wordStyle(value / norm, colors);
    return h('span', { class: className, style: { background }, title: signed(value) }, count > 1 ? `${count} × ${token}` : token, h('small', {}, (value < 0 ? '−' : '+') + Math.abs(value).toFixed(2)));
  }

  #shares({ textShare }) {
    return h('div', { role: 'img', 'aria-label': `Question ${percent(textShare)}, picture ${percent(1 - textShare)} of what was added` },
      h('div', { class: 'row', style: { justifyContent: 'space-between' } }, h('span', { class: 'hint' }, `question ${percent(textShare)}`), h('span', { class: 'hint' }, `picture ${percent(1 - textShare)}`)),
      h('div', { class: 'share' }, h('span', { style: { width: `${100 * textShare}%` } })));
  }

  #facts(map) {
    const fact = (name, value, help) => h('div', { title: help }, h('dt', {}, name), h('dd', {}, value));
    return h('dl', { class: 'facts' },
      fact('question adds', signed(map.text), 'Sum over the words'), fact('picture adds', signed(map.picture), 'Sum over the pixels'),
      map.convergenceDelta !== null && fact('convergence delta', signed(map.convergenceDelta), 'By how much the sum misses the difference of the scores of input and baseline'),
      map.steps && fact('steps', `${map.stepsDone} of ${map.steps}`, 'Steps of the path from baseline to input'),
      map.pointing !== null && fact('points at what decides', map.pointing ? '✓ yes' : '✗ no', 'Whether the patch that adds most shows what decides the answer'));
  }
}

// Two explanations of one answer side by side, with one pointer in both.
import { picture, postJson } from './api.js';
import { body } from './ask.js';
import { byId, choice, h, percent, trouble } from './dom.js';
import { Explanation } from './explanation.js';
import { controls, keys, look } from './look.js';
import { onChange, set, state } from './state.js';
import { Stage } from './stage.js';
import { label } from './view.js';

let about = null;
let panes = [];

export function start(given) {
  about = given;
  panes = ['', '2'].map(suffix => new Pane(suffix));
  panes[0].stage.onpoint = at => panes[1].follow(at, panes[0]);
  panes[1].stage.onpoint = at => panes[0].follow(at, panes[1]);
  byId('view-compare').replaceChildren(...panes.map(pane => pane.element));
  onChange(changed => {
    if (keys.some(key => changed.has(key))) for (const pane of panes) pane.redraw();
    const shared = ['tab', 'picture', 'question', 'answer', 'hidden', 'steps'].some(key => changed.has(key));
    if (state.tab === 'compare') for (const pane of panes) if (shared || pane.keys.some(key => changed.has(key))) pane.wish();
    if (state.tab !== 'compare') for (const pane of panes) pane.explanation.stop();
  });
}

class Pane {
  constructor(suffix) {
    this.keys = ['model', 'method', 'baseline'].map(key => key + suffix);
    this.stage = new Stage(`The picture with the ${suffix ? 'right' : 'left'} map. Arrow keys move from patch to patch.`);
    this.explanation = new Explanation(map => { this.stage.map = { values: map.values, width: map.width, height: map.height }; });
    this.title = h('h2', { id: `pane${suffix}` }, suffix ? 'Right' : 'Left');
    this.choices = h('div', { class: 'choices' });
    this.answer = h('p', { class: 'hint' });
    this.looks = h('div', { class: 'stack', style: { gap: '10px' } });
    this.element = h('section', { class: 'card', 'aria-labelledby': `pane${suffix}` }, this.title, this.choices, this.answer, this.stage.element, this.looks, this.explanation.element);
    this.suffix = suffix;
  }

  get(key) { return state[key + this.suffix]; }

  /** Runs once for several changes. */
  wish() {
    if (this.wished) return;
    this.wished = true;
    queueMicrotask(() => { this.wished = false; this.run(); });
  }

  redraw() {
    this.stage.look = look();
    this.stage.draw();
    if (this.explanation.map) this.explanation.show(this.explanation.map, state.colors);
    if (!this.suffix && !this.looks.contains(document.activeElement)) this.looks.replaceChildren(...controls());
  }

  async run() {
    const model = this.get('model') || about.models[0].name;
    const change = key => value => set({ [key + this.suffix]: value });
    this.choices.replaceChildren(
      about.models.length > 1 ? choice('Model', about.models.map(one => [one.name, one.name]), model, change('model')) : '',
      choice('Method', about.methods.map(name => [name, label(name)]), this.get('method'), change('method')),
      choice('Compared with', [['Zero', 'gray'], ['Mean', 'mean color'], ['Blur', 'blurred picture']], this.get('baseline'), change('baseline')));
    this.redraw();
    if (!state.picture || !state.question) { this.explanation.clear('Choose a picture and ask.'); return; }
    const asked = { ...body(), model, baseline: this.get('baseline') };
    try {
      await this.stage.show(await picture(`api/pictures/${state.picture}`));
      const result = await postJson('api/ask', { ...asked, also: state.answer ? [state.answer] : [] });
      const best = result.answers[0], answer = state.answer || best.answer, own = result.also[0] ?? best;
      this.answer.textContent = `Best answer: ${best.answer}, ${percent(best.probability)}${own.answer === best.answer ? '' : `; ${own.answer}: ${percent(own.probability)}`}`;
      this.stage.sees(result.width, result.height, result.patchSize);
      this.stage.map = null;
      this.stage.hidden = asked.hidden;
      await this.explanation.run({ ...asked, answer, method: this.get('method'), steps: Number(state.steps) }, state.colors);
    } catch (error) { trouble(error); }
  }

  // The same place of the picture, even where the models see it in other sizes.
  follow(at, other) {
    if (!at || !this.stage.columns) { this.stage.point(null); return; }
    const share = [(at.x + 0.5) / other.stage.size.width, (at.y + 0.5) / other.stage.size.height];
    const { width, height } = this.stage.size, side = width / this.stage.columns;
    const x = Math.floor(share[0] * width), y = Math.floor(share[1] * height);
    this.stage.point({ x, y, patch: Math.floor(y / side) * this.stage.columns + Math.floor(x / side) });
  }
}

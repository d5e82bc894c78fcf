// How a map is drawn: opacity, cut-off, sign, grain. The ask and compare views share it.
import { h, modes } from './dom.js';
import { set, state } from './state.js';

export const keys = ['opacity', 'cut', 'sign', 'grain', 'colors'];

export const look = () => ({
  opacity: Number(state.opacity) / 100, cut: Number(state.cut) / 100, sign: state.sign, grain: state.grain, colors: state.colors,
});

export function controls() {
  return [
    h('div', { class: 'controls' },
      slider('Opacity of the map', 'opacity', 100), slider('Cut off weak values', 'cut', 95)),
    h('div', { class: 'row' },
      h('div', { class: 'modes', role: 'group', 'aria-label': 'Values to show' },
        ...modes({ both: 'for and against', for: 'for', against: 'against', size: 'size only' }, state.sign, sign => set({ sign }))),
      h('div', { class: 'modes', role: 'group', 'aria-label': 'Grain of the map' },
        ...modes({ patch: 'patches', pixel: 'pixels' }, state.grain, grain => set({ grain })))),
  ];
}

function slider(label, key, most) {
  const shown = h('output', {}, `${state[key]} %`);
  const input = h('input', { type: 'range', min: 0, max: most, value: state[key], 'aria-label': label, oninput: () => { shown.textContent = `${input.value} %`; set({ [key]: input.value }); } });
  input.value = state[key];
  return h('label', {}, h('span', {}, label, ' ', shown), input);
}

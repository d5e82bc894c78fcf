// The path that integrated gradients walks: from a plain picture and no question to the input, with the answer's score on the way.
import { postJson } from './api.js';
import { byId, h, say, signed, trouble } from './dom.js';
import { onChange, state } from './state.js';
import { request, stage } from './view.js';

const width = 560, height = 190, left = 52, right = 14, top = 14, bottom = 30;
let scores = null;

export function start() {
  onChange(changed => { if (['picture', 'question', 'model', 'hidden', 'baseline', 'answer', 'tab'].some(key => changed.has(key))) close(); });
  close();
}

function close() {
  stage.alpha = 1;
  stage.plain = scores = null;
  byId('path').replaceChildren(
    h('p', { class: 'hint' }, 'Integrated gradients adds up how the score changes on a straight way from nothing (a plain picture, an empty question) to what was asked.'),
    h('p', {}, h('button', { type: 'button', disabled: !state.answer, onclick: walk }, 'Walk the path'), state.answer ? '' : h('span', { class: 'hint' }, ' Choose an answer first.')));
}

async function walk() {
  const wanted = request();
  try {
    scores = await postJson('api/path', wanted);
    trouble(null);
  } catch (error) { trouble(error); return; }
  const plain = new Image();
  plain.src = scores.plain;
  await plain.decode();
  stage.plain = plain;
  const marker = h('circle', { r: 6 }), readout = h('p', { class: 'readout', id: 'path-readout' });
  const slider = h('input', { type: 'range', min: 0, max: 100, value: 100, 'aria-label': 'Place on the path, from nothing to the input', oninput: () => move(Number(slider.value) / 100) });
  slider.value = 100;
  const { x, y } = scales();
  byId('path').replaceChildren(curve(marker, wanted.answer), slider, readout, h('p', {}, h('button', { type: 'button', onclick: close }, 'Back to the map')));
  move(1);
  slider.focus();
  say(`The score of ${wanted.answer} goes from ${signed(scores.scores[0])} to ${signed(scores.scores.at(-1))}.`);

  function move(alpha) {
    const score = at(alpha);
    marker.setAttribute('cx', x(alpha));
    marker.setAttribute('cy', y(score));
    stage.alpha = alpha;
    slider.setAttribute('aria-valuetext', `${Math.round(100 * alpha)} percent of the way, score ${signed(score)}`);
    readout.replaceChildren(h('span', {}, `${Math.round(100 * alpha)} % of the way`), h('span', {}, 'score ', h('b', {}, signed(score))), h('span', {}, 'gained so far ', h('b', {}, signed(score - scores.scores[0]))));
  }
}

function at(alpha) {
  const place = alpha * (scores.scores.length - 1), i = Math.min(scores.scores.length - 2, Math.floor(place));
  return scores.scores[i] + (place - i) * (scores.scores[i + 1] - scores.scores[i]);
}

function scales() {
  const [least, most] = [Math.min(...scores.scores), Math.max(...scores.scores)], span = most - least || 1;
  return {
    least, most,
    x: alpha => left + alpha * (width - left - right),
    y: score => height - bottom - (score - least) / span * (height - top - bottom),
  };
}

function curve(marker, answer) {
  const { x, y, least, most } = scales();
  const points = scores.alphas.map((alpha, i) => `${x(alpha).toFixed(1)},${y(scores.scores[i]).toFixed(1)}`).join(' ');
  const line = score => [h('line', { class: 'axis', x1: left, x2: width - right, y1: y(score), y2: y(score) }), h('text', { x: left - 8, y: y(score) + 4, 'text-anchor': 'end' }, signed(Number(score.toFixed(2))))];
  return h('svg', { class: 'curve', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `Score of ${answer} along the path, from ${signed(scores.scores[0])} to ${signed(scores.scores.at(-1))}` },
    ...line(least), ...line(most),
    h('polygon', { class: 'area', points: `${x(0)},${y(least)} ${points} ${x(1)},${y(least)}` }),
    h('polyline', { class: 'line', points }),
    h('text', { x: left, y: height - 8 }, 'nothing'), h('text', { x: width - right, y: height - 8, 'text-anchor': 'end' }, 'what was asked'), marker);
}

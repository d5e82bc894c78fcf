// Small things that all parts use: making elements, messages, numbers.

/** Makes an element; properties that begin with "on" are listeners, others attributes. */
export function h(name, properties = {}, ...children) {
  const element = name === 'svg' || h.svg.has(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'style') Object.assign(element.style, value);
    else if (key === 'value' || key === 'checked' || key === 'disabled' || key === 'hidden') element[key] = value;
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}
h.svg = new Set(['path', 'line', 'circle', 'text', 'g', 'polyline', 'polygon']);

export const byId = id => document.getElementById(id);

/** Tells those who can't see the page. */
export function say(text) { byId('live').textContent = text; }

/** Shows what went wrong until the next success; nothing for what was only stopped. */
export function trouble(error) {
  if (error?.name === 'AbortError') return;
  const line = byId('trouble');
  line.hidden = !error;
  line.textContent = error ? error.message ?? String(error) : '';
}

export const percent = probability => probability >= 0.9995 ? '100 %' : `${(100 * probability).toFixed(1)} %`;

/** A number with its sign, four significant digits. */
export function signed(value) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1000 || size < 0.0001 ? size.toExponential(2) : size.toPrecision(4).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return (value > 0 ? '+' : '−') + text;
}

/** A row of buttons of which one is pressed. */
export function modes(choices, current, choose) {
  return Object.entries(choices).map(([value, label]) =>
    h('button', { type: 'button', 'aria-pressed': String(value === current), onclick: () => choose(value) }, label));
}

export function choice(label, options, current, choose) {
  const select = h('select', { onchange: () => choose(select.value) },
    ...options.map(([value, text]) => h('option', { value, selected: value === current }, text)));
  select.value = current;
  return h('label', {}, label, select);
}

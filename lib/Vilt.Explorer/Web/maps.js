// Attribution maps: numbers to colors.

const palettes = { green: { pro: [0, 128, 0], con: [220, 0, 0] }, blue: { pro: [31, 95, 191], con: [217, 95, 2] } };
const magnitude = [60, 30, 140];

/** The numbers of a map as the server sends them. */
export function decode(base64) {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

/** The sums of patches, row by row. */
export function patchSums(values, width, height, side) {
  const columns = Math.floor(width / side);
  const sums = new Float64Array(columns * Math.floor(height / side));
  for (let i = 0; i < values.length; i++) sums[Math.floor(Math.floor(i / width) / side) * columns + Math.floor(i % width / side)] += values[i];
  return sums;
}

/** captum's scale: the magnitude at which the cumulated magnitudes reach 98 % of their total. */
export function scaleOf(values) {
  const magnitudes = Float64Array.from(values, Math.abs).sort();
  const enough = 0.98 * magnitudes.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (const value of magnitudes) { sum += value; if (sum >= enough && value > 0) return value; }
  return magnitudes.at(-1) || 1;
}

/** A map as a picture of its own size: the stronger a value, the less transparent. */
export function paint(values, width, height, { sign, cut, colors, scale }) {
  const image = new ImageData(width, height);
  const { pro, con } = palettes[colors];
  for (let i = 0; i < values.length; i++) {
    const value = Math.max(-1, Math.min(1, values[i] / scale));
    const strength = Math.abs(value);
    const hides = strength < cut || (sign === 'for' && value < 0) || (sign === 'against' && value > 0);
    const color = sign === 'size' ? magnitude : value < 0 ? con : pro;
    image.data.set([...color, hides ? 0 : Math.round(255 * strength)], 4 * i);
  }
  return image;
}

/** The background of a word, and its class: the sign shows without color too. */
export function wordStyle(value, colors) {
  const strength = Math.min(1, Math.abs(value));
  const [red, green, blue] = palettes[colors][value < 0 ? 'con' : 'pro'];
  return { className: strength < 0.02 ? '' : value < 0 ? 'con' : 'pro', background: `rgb(${red} ${green} ${blue} / ${(0.32 * strength).toFixed(3)})` };
}

/** The outline of a mask as lines between pixels: [x1, y1, x2, y2] each. */
export function outline({ mask, width, height }) {
  const at = (x, y) => x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] === '1';
  const lines = [];
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x <= width; x++) {
      if (x < width && at(x, y) !== at(x, y - 1)) lines.push([x, y, x + 1, y]);
      if (y < height && at(x, y) !== at(x - 1, y)) lines.push([x, y, x, y + 1]);
    }
  }
  return lines;
}

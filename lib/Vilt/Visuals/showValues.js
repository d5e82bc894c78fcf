// Says the values under the pointer of heat maps that are shown as a picture: those that wait now, and each that comes later.
(() => {
  if (window.viltMapsStarted) return;
  window.viltMapsStarted = true;
  const unpack = async (text, isSigned) => {
    const packed = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const bytes = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    return isSigned ? new Int8Array(bytes) : new Uint8Array(bytes);
  };
  const start = async ([place, maps]) => {
    if (!place) return;
    for (const map of maps) map.unpacked = await unpack(map.values, map.isSigned);
    const picture = place.querySelector("img");
    const said = place.appendChild(document.createElement("output"));
    said.hidden = true;
    picture.addEventListener("pointermove", event => {
      const box = picture.getBoundingClientRect();
      const x = (event.clientX - box.left) / box.width, y = (event.clientY - box.top) / box.height;
      const map = maps.find(map => x >= map.left && x < map.right && y >= map.top && y < map.bottom);
      said.hidden = !map;
      if (!map) return;
      const row = Math.floor((y - map.top) / (map.bottom - map.top) * map.rows);
      const column = Math.floor((x - map.left) / (map.right - map.left) * map.columns);
      said.textContent = `row ${row}, column ${column}: ${map.unpacked[row * map.columns + column]} % of the scale`;
      said.style.top = `${y * box.height + (y < 0.5 ? 18 : -34)}px`;
      said.style.left = `${Math.min(Math.max(0, x * box.width - 90), Math.max(0, box.width - 240))}px`;
    });
    picture.addEventListener("pointerleave", () => said.hidden = true);
  };
  (window.viltMaps ?? []).forEach(start);
  window.viltMaps = { push: start };
})();

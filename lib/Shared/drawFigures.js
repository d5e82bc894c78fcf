// Draws the figures of a page over their pictures: those that wait for plotly.js now, and each that comes later at once.
(async () => {
  if (window.viltFiguresStarted) return;
  window.viltFiguresStarted = true;
  FITTING
  const packed = Uint8Array.from(atob("PLOTLY"), letter => letter.charCodeAt(0));
  const source = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  // As a module of its own, it neither meets RequireJS nor replaces another version that the page may have.
  const library = { exports: {} };
  new Function("module", "exports", "define", source)(library, library.exports);
  const draw = ([place, figure]) => place && drawFitting(library.exports, place, figure);
  (window.viltFigures ?? []).forEach(draw);
  window.viltFigures = { push: draw };
})();

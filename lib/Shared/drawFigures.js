// Draws the figures of a page over their pictures: those that wait for plotly.js now, and each that comes later at once.
(async () => {
  if (window.viltFiguresStarted) return;
  window.viltFiguresStarted = true;
  const packed = Uint8Array.from(atob("PLOTLY"), letter => letter.charCodeAt(0));
  const source = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  // As a module of its own, it neither meets RequireJS nor replaces another version that the page may have.
  const library = { exports: {} };
  new Function("module", "exports", "define", source)(library, library.exports);
  // A page narrower than the figure makes it narrower, and lower where its pixels must stay square.
  const fit = (layout, width) => {
    if (!(width > 0 && layout.width > width)) return layout;
    const { l = 80, r = 80, t = 100, b = 80 } = layout.margin ?? {};
    const isSquare = Object.values(layout).some(part => part?.scaleanchor);
    const share = isSquare ? Math.max(0, width - l - r) / (layout.width - l - r) : 1;
    return { ...layout, width, height: t + b + (layout.height - t - b) * share };
  };
  const draw = async ([place, figure]) => {
    if (!place) return;
    const layout = fit(figure.layout ?? {}, place.clientWidth);
    place.replaceChildren();
    await library.exports.newPlot(place, figure.data, layout, { responsive: true, displaylogo: false, ...figure.config });
    // For print: what has a view box can shrink.
    const { width, height } = place._fullLayout;
    place.querySelector(".svg-container").style.aspectRatio = `${width} / ${height}`;
    place.querySelectorAll(".main-svg").forEach(svg => svg.setAttribute("viewBox", `0 0 ${width} ${height}`));
  };
  (window.viltFigures ?? []).forEach(draw);
  window.viltFigures = { push: draw };
})();

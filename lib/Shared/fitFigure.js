// Draws a figure at most as wide as its place, and lower where its pixels must stay square. Printed, it shrinks with the page.
const drawFitting = async (plotly, place, figure) => {
  const layout = figure.layout ?? {};
  const width = place.clientWidth - parseFloat(getComputedStyle(place).paddingLeft) - parseFloat(getComputedStyle(place).paddingRight);
  const fitted = { ...layout };
  if (width > 0 && layout.width > width) {
    const { l = 80, r = 80, t = 100, b = 80 } = layout.margin ?? {};
    const isSquare = Object.values(layout).some(part => part?.scaleanchor);
    const share = isSquare ? Math.max(0, width - l - r) / (layout.width - l - r) : 1;
    const annotations = layout.annotations?.map(text => ({ ...text, font: { ...text.font, size: Math.max(10, (text.font?.size ?? 12) * share) } }));
    Object.assign(fitted, { width, height: t + b + (layout.height - t - b) * share, annotations });
  }
  place.replaceChildren();
  await plotly.newPlot(place, figure.data, fitted, { responsive: true, displaylogo: false, ...figure.config });
  // What has a view box can shrink.
  const drawn = place._fullLayout;
  place.querySelector(".svg-container").style.aspectRatio = `${drawn.width} / ${drawn.height}`;
  place.querySelectorAll(".main-svg").forEach(svg => svg.setAttribute("viewBox", `0 0 ${drawn.width} ${drawn.height}`));
};

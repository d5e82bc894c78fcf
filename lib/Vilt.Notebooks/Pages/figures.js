for (const source of document.querySelectorAll("script.plotly")) {
  const figure = JSON.parse(source.textContent);
  const config = { responsive: true, displaylogo: false, ...figure.config };
  Plotly.newPlot(source.previousElementSibling, figure.data, figure.layout ?? {}, config);
}

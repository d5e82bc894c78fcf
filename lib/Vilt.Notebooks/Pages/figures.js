for (const source of document.querySelectorAll("script.plotly")) {
  drawFitting(Plotly, source.previousElementSibling, JSON.parse(source.textContent));
}

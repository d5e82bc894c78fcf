namespace Vilt.Visuals;

/// <summary>A chart that a front end with plotly.js draws, and a picture of it for one without.</summary>
internal interface IFigure
{
    string ToPlotlyJson();

    byte[] ToPng();
}

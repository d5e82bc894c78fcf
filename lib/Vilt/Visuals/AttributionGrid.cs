using System.Net;
using Vilt.Data;

namespace Vilt.Visuals;

/// <summary>
/// Heat maps of one picture beside each other, in rows, with one color bar: several methods, several answers, or one model while its
/// weights are replaced. Each map has a scale of its own, so that they compare where attribution lies, not how much there is.
/// </summary>
/// <example>
/// <code>
/// new AttributionGrid(picture, [new("Saliency", one), new("Occlusion", other, Note: "area 0.21")], columns: 3)
/// </code>
/// </example>
public sealed class AttributionGrid : Figure
{
    private const string PictureTitle = "Original Image";
    private readonly GridPanels panels;
    private readonly RgbImage[] pictures; // none or one

    /// <summary>Makes the figure.</summary>
    /// <param name="picture">The picture, which comes first; null leaves it out.</param>
    /// <param name="maps">The maps, in order.</param>
    /// <param name="columns">How many panels there are in a row.</param>
    /// <param name="colorMap">As in <see cref="ImageAttributionFigure"/>.</param>
    /// <exception cref="ArgumentException">There is no map, or maps differ in size or sign, or differ in size from the picture.</exception>
    public AttributionGrid(RgbImage? picture, IEnumerable<AttributionMap> maps, int columns = 4, ColorMap? colorMap = null)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        (Maps, pictures) = ([.. maps], picture is null ? [] : [picture]);
        Check();
        ColorMap = colorMap ?? (Maps[0].Attributions.IsSigned ? ColorMap.RedWhiteGreen : ColorMap.CustomBlue);
        string[] texts = [.. Maps.SelectMany(map => new[] { map.Title, map.Below }), .. pictures.Select(_ => PictureTitle)];
        panels = new(
            Width, Height, pictures.Length + Maps.Count, columns, texts.Max(text => Drawing.WidthOf(text, GridPanels.TextSize)),
            hasNotes: Maps.Any(map => map.Below.Length > 0));
    }

    /// <summary>The picture, or null.</summary>
    public RgbImage? Picture => pictures.FirstOrDefault();

    /// <summary>The maps.</summary>
    public IReadOnlyList<AttributionMap> Maps { get; }

    /// <summary>The maps' colors.</summary>
    public ColorMap ColorMap { get; }

    /// <summary>Each map's title and note, and where most of its attribution lies.</summary>
    public override string Description =>
        $"{Maps.Count} heat maps ({Width}×{Height}){(pictures.Length > 0 ? " beside their picture" : "")}: " + string.Join("; ", Maps.Select(map =>
            $"{map.Title}{(map.Below.Length > 0 ? $" ({map.Below})" : "")}, middle half in {map.Attributions.Middle}"));

    private int Width => Maps[0].Attributions.Values.GetLength(1);

    private int Height => Maps[0].Attributions.Values.GetLength(0);

    private protected override object[] Traces()
    {
        double[] ticks = Maps[0].Attributions.IsSigned ? [-1, 0, 1] : [0, 0.5, 1];
        return
        [
            .. pictures.Select(picture => MapTraces.Picture(picture, axes: 1)),
            .. Maps.Select((map, i) => MapTraces.HeatMap(map.Attributions, ColorMap, pictures.Length + i + 1, i == 0 ? ticks : null)),
        ];
    }

    private protected override object Layout()
    {
        var layout = new Dictionary<string, object>
        {
            ["width"] = panels.FigureWidth,
            ["height"] = panels.FigureHeight,
            ["margin"] = panels.Margin,
            ["paper_bgcolor"] = PlotlyStyle.Paper,
            ["plot_bgcolor"] = PlotlyStyle.Paper,
            ["font"] = PlotlyStyle.Font,
            ["showlegend"] = false,
            ["annotations"] = Captions(),
            ["shapes"] = Maps.Select((_, i) => MapTraces.Frame(pictures.Length + i + 1)),
        };
        for (var i = 0; i < pictures.Length + Maps.Count; i++)
        {
            layout["xaxis" + MapTraces.Number(i + 1)] = MapTraces.Across(panels.DomainAcross(i), Width, i + 1);
            layout["yaxis" + MapTraces.Number(i + 1)] = MapTraces.Up(panels.DomainUp(i), Height, i + 1);
        }

        return layout;
    }

    // plotly.js reads HTML in texts.
    private object[] Captions()
    {
        var titles = pictures.Select(_ => PictureTitle).Concat(Maps.Select(map => map.Title)).Select((title, i) =>
            MapTraces.Caption(WebUtility.HtmlEncode(title), panels.Middle(i), panels.DomainUp(i)[1], GridPanels.TextSize, isAbove: true));
        var notes = Maps.Select((map, i) => (map.Below, Panel: pictures.Length + i)).Where(note => note.Below.Length > 0).Select(note =>
            MapTraces.Caption(
                WebUtility.HtmlEncode(note.Below), panels.Middle(note.Panel), panels.DomainUp(note.Panel)[0], GridPanels.TextSize, isAbove: false));
        return [.. titles, .. notes];
    }

    private void Check()
    {
        if (Maps.Count == 0)
        {
            throw new ArgumentException("There is no map to show.");
        }

        if (Maps.FirstOrDefault(map => map.Attributions.Sign != Maps[0].Attributions.Sign) is { } stray)
        {
            throw new ArgumentException(
                $"One color bar serves maps of the same sign only: \"{Maps[0].Title}\" shows {Maps[0].Attributions.Sign}, \"{stray.Title}\" {stray.Attributions.Sign}.");
        }

        var sizes = pictures.Select(picture => (Title: "picture", Rows: picture.Height, Columns: picture.Width))
            .Concat(Maps.Select(map => (map.Title, Rows: map.Attributions.Values.GetLength(0), Columns: map.Attributions.Values.GetLength(1))));
        if (sizes.FirstOrDefault(one => (one.Rows, one.Columns) != (Height, Width)) is { Title: { } other } size)
        {
            throw new ArgumentException($"\"{other}\" has {size.Rows} rows and {size.Columns} columns, \"{Maps[0].Title}\" {Height} and {Width}.");
        }
    }
}

/// <summary>A map of a grid.</summary>
/// <param name="Title">The text above it.</param>
/// <param name="Attributions">Its values, scaled by <see cref="AttributionNormalization.Normalize"/>.</param>
/// <param name="Note">The text below it, such as a measure; may be empty.</param>
public sealed record AttributionMap(string Title, NormalizedAttributions Attributions, string Note = "")
{
    /// <summary>The note, and a warning if the map may mislead.</summary>
    internal string Below => Attributions.Warning is null ? Note : $"{Note} (rounding noise?)".TrimStart();
}

using System.Net;
using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Data;
using Vilt.Visuals;

namespace Vilt.Pipelines;

/// <summary>
/// What each word of a question and each pixel of a picture adds to the score of an answer, in comparison with a text of padding and a
/// plain picture. In a notebook it shows itself: words, heat map and sums.
/// </summary>
/// <param name="Question">What was asked.</param>
/// <param name="Target">The answer whose score is explained.</param>
/// <param name="Predicted">The model's most probable answer.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Picture">The picture as the model saw it.</param>
/// <param name="Pixels">What each of its pixels adds, summed over the color channels: (rows, columns).</param>
/// <param name="Tokens">The question's tokens.</param>
/// <param name="Words">What each token adds.</param>
/// <param name="ConvergenceDelta">
/// Sum of all that is added − (score of the input − score of the baseline), signed; null for a method that does not give it.
/// </param>
/// <param name="Steps">Steps of the path that it took; null for a method without a path.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource<VqaExplanation>), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain])]
public sealed record VqaExplanation(
    string Question, string Target, string Predicted, double Probability, RgbImage Picture, double[,] Pixels,
    IReadOnlyList<string> Tokens, IReadOnlyList<float> Words, double? ConvergenceDelta, int? Steps) : IHtmlVisual
{
    /// <summary>What the picture adds.</summary>
    public double ImageContribution => Pixels.Cast<double>().Sum();

    /// <summary>What the question adds.</summary>
    public double TextContribution => Words.Sum(word => (double)word);

    /// <summary>The words, scaled so that together they have length 1, with the answers.</summary>
    public TextAttributionRecord ToTextRecord() => new(
        AttributionNormalization.NormalizeWords(Words), Probability, Predicted, TrueLabel: "not known", AttributionLabel: Target,
        AttributionScore: TextContribution, Tokens, ConvergenceDelta ?? double.NaN);

    /// <summary>The picture beside the magnitudes of its pixels' attributions.</summary>
    /// <param name="colorMap">The heat map's colors; see <see cref="ImageAttributionFigure"/>.</param>
    /// <exception cref="ArgumentException">No pixel adds anything.</exception>
    public ImageAttributionFigure ToHeatMap(ColorMap? colorMap = null) =>
        new(Picture, Scaled, colorMap);

    /// <summary>The magnitudes of its pixels' attributions, for a grid with other maps.</summary>
    /// <param name="title">What stands above the map.</param>
    /// <param name="note">What stands below it, such as a measure.</param>
    /// <exception cref="ArgumentException">No pixel adds anything.</exception>
    public AttributionMap ToMap(string title, string note = "") => new(title, Scaled, note);

    /// <summary>Words, heat map and sums as HTML that needs no network, in the style of the document or cell.</summary>
    public string ToHtml() => $"""
        <p>{WebUtility.HtmlEncode(Question)} → <b>{WebUtility.HtmlEncode(Target)}</b></p>
        {ToTextRecord().ToHtml()}
        {(AddsByPixels ? FigureHtml.Write(ToHeatMap().Plotly) : "<p>No pixel adds anything to the answer's score.</p>")}
        <pre>{WebUtility.HtmlEncode(Contributions)}</pre>
        """;

    /// <summary>The words and the sums as text.</summary>
    public override string ToString() => $"{Question} → {Target}\n{ToTextRecord()}\n{Contributions}";

    private NormalizedAttributions Scaled => AttributionNormalization.Normalize(Pixels, AttributionSign.AbsoluteValue, outlierPercentage: 2);

    private bool AddsByPixels => Pixels.Cast<double>().Any(pixel => pixel != 0);

    private string Contributions => $"""
        Image contributions: {ImageContribution:F4}
        Text contributions:  {TextContribution:F4}
        Total contribution:  {ImageContribution + TextContribution:F4}
        """;
}

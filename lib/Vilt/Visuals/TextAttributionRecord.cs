using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Visuals;

/// <summary>A question's tokens with their attributions and the model's answer (captum's <c>VisualizationDataRecord</c>).</summary>
/// <param name="WordAttributions">One for each token, within −1…1 (see <see cref="AttributionNormalization.NormalizeWords"/>).</param>
/// <param name="PredictedProbability">Probability of the predicted answer, 0…1.</param>
/// <param name="PredictedLabel">The model's answer.</param>
/// <param name="TrueLabel">The right answer.</param>
/// <param name="AttributionLabel">The answer whose score was attributed to the words.</param>
/// <param name="AttributionScore">Sum of the words' attributions before they were normalized.</param>
/// <param name="Tokens">The question's tokens.</param>
/// <param name="ConvergenceDelta">Sum of all attributions − (F(input) − F(baseline)).</param>
/// <exception cref="ArgumentException">Tokens and attributions differ in number, or an attribution is NaN or infinite.</exception>
[TypeFormatterSource(typeof(HtmlFormatterSource<TextAttributionRecord>), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain])]
public sealed record TextAttributionRecord(
    IReadOnlyList<double> WordAttributions,
    double PredictedProbability,
    string PredictedLabel,
    string TrueLabel,
    string AttributionLabel,
    double AttributionScore,
    IReadOnlyList<string> Tokens,
    double ConvergenceDelta) : IHtmlVisual
{
    /// <inheritdoc cref="TextAttributionRecord" path="/param[@name='WordAttributions']"/>
    public IReadOnlyList<double> WordAttributions { get; } = Checked(WordAttributions, Tokens);

    /// <inheritdoc cref="TextAttributionRecord" path="/param[@name='Tokens']"/>
    public IReadOnlyList<string> Tokens { get; } = Tokens;

    /// <summary>The record as a table of one row.</summary>
    public string ToHtml() => new TextAttributionTable(this).ToHtml();

    /// <summary>The labels, the score and each word with its attribution, on two lines. Padding without attribution is left out.</summary>
    public override string ToString()
    {
        var words = Tokens.Zip(WordAttributions)
            .Where(word => word.First != TextAttributionTable.Padding || word.Second != 0)
            .Select(word => $"{word.First} {word.Second:+0.00;-0.00;0.00}");
        return $"true label: {TrueLabel}, predicted: {PredictedLabel} ({PredictedProbability:0.00}), attributed: {AttributionLabel}, " +
               $"score {AttributionScore:0.00}, convergence delta {ConvergenceDelta:0.####}\n{string.Join("  ", words)}";
    }

    private static IReadOnlyList<double> Checked(IReadOnlyList<double> attributions, IReadOnlyList<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(attributions, nameof(attributions));
        ArgumentNullException.ThrowIfNull(tokens);
        if (attributions.Count != tokens.Count)
        {
            throw new ArgumentException(
                $"There are {attributions.Count} attributions for {tokens.Count} tokens: each token needs one.", nameof(attributions));
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            if (!double.IsFinite(attributions[i]))
            {
                throw new ArgumentException(
                    $"The attribution of token {i} (\"{tokens[i]}\") is {attributions[i]}, not a number to show.", nameof(attributions));
            }
        }

        return attributions;
    }
}

using System.Net;
using Vilt.Pipelines;
using Vilt.Visuals;

namespace Vilt.Notebooks.Pages;

/// <summary>A model's answer and its reasons, in the figures of notebook 5.</summary>
internal static class ExplanationPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="answers">What was answered.</param>
    /// <param name="explanation">Why.</param>
    public static string Render(AnswerChart answers, VqaExplanation explanation)
    {
        var (pixels, words) = (explanation.ImageContribution, explanation.TextContribution);
        var body = $"""
            <section class="markdown"><h1>{WebUtility.HtmlEncode(explanation.Question)}</h1>
            <p>The model answers <b>{WebUtility.HtmlEncode(explanation.Target)}</b>, with a probability of {explanation.Probability:P1}.</p></section>
            {Drawn(answers)}
            <section class="markdown"><h2>Why?</h2>
            <p>Layer Integrated Gradients gives each word and each pixel its share of the answer's score, in comparison with a mid-gray picture and an empty question.
            Green words with a line below speak for the answer, red ones with dots against it. The darker the heat map, the more a pixel mattered, for or against.</p></section>
            <div class="paper html">{explanation.ToTextRecord().ToHtml()}</div>
            {Drawn(explanation.ToHeatMap())}
            <section class="markdown"><table>
            <tr><th>the picture's share</th><td>{pixels:F4}</td></tr>
            <tr><th>the question's share</th><td>{words:F4}</td></tr>
            <tr><th>both</th><td>{pixels + words:F4}</td></tr>
            <tr><th>convergence delta</th><td>{explanation.ConvergenceDelta:F4}</td></tr>
            </table></section>

            """;
        return HtmlPage.Write(explanation.Question, contents: "", body, hasFigures: true);
    }

    private static string Drawn(Figure figure) => HtmlPage.Figure(
        figure.ToPlotlyJson(),
        $"<img src=\"data:image/png;base64,{Convert.ToBase64String(figure.ToPng())}\" alt=\"{WebUtility.HtmlEncode(figure.Description)}\">",
        figure.Description);
}

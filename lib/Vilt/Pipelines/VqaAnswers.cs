using System.Collections;
using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Visuals;

namespace Vilt.Pipelines;

/// <summary>A model's answers to a question, the most probable first. In a notebook they show themselves as a table.</summary>
/// <remarks>
/// Each answer is scored independently, so probabilities need not sum to 1. <c>new AnswerChart(answers)</c> draws them as bars.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource<VqaAnswers>), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain])]
public sealed class VqaAnswers : IReadOnlyList<(string Answer, double Probability)>, IHtmlVisual
{
    private readonly (string Answer, double Probability)[] answers;

    internal VqaAnswers(IEnumerable<(string Answer, double Probability)> answers) => this.answers = [.. answers];

    /// <summary>How many answers were asked for.</summary>
    public int Count => answers.Length;

    /// <summary>An answer by its rank, from 0.</summary>
    public (string Answer, double Probability) this[int rank] => answers[rank];

    /// <inheritdoc/>
    public IEnumerator<(string Answer, double Probability)> GetEnumerator() => answers.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    string IHtmlVisual.ToHtml() => Table.From(answers.Select(answer => new { answer.Answer, answer.Probability })).ToHtml();

    /// <summary>Each answer with its probability, one per line.</summary>
    public override string ToString() => string.Join('\n', answers.Select(answer => $"{answer.Probability:0.000}  {answer.Answer}"));
}

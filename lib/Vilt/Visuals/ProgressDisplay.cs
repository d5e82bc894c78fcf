using System.Globalization;
using System.Net;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Visuals;

/// <summary>The progress of a long task, as a bar in a notebook and as one line of text elsewhere.</summary>
/// <param name="Label">What is being done.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">All steps.</param>
/// <param name="Details">More to say, such as loss and time left; may be empty.</param>
/// <exception cref="ArgumentOutOfRangeException">The total is negative, or the steps done are not within 0 and the total.</exception>
[TypeFormatterSource(typeof(HtmlFormatterSource<ProgressDisplay>), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain])]
public sealed record ProgressDisplay(string Label, int Done, int Total, string Details) : IHtmlVisual
{
    private const string Style = """
        <style>
        .vilt-progress { max-width: 640px; font-size: 13px; margin: 4px 0; }
        .vilt-progress-line { display: flex; justify-content: space-between; gap: 24px; font-variant-numeric: tabular-nums; }
        .vilt-progress-bar { height: 8px; margin-top: 4px; border-radius: 4px; background: rgba(128,128,128,.25); overflow: hidden; }
        .vilt-progress-bar div { height: 100%; background: #3b7ea8; }
        </style>
        """;

    /// <inheritdoc cref="ProgressDisplay" path="/param[@name='Total']"/>
    public int Total { get; init; } = Total >= 0
        ? Total
        : throw new ArgumentOutOfRangeException(nameof(Total), Total, "A task can't have a negative number of steps.");

    /// <inheritdoc cref="ProgressDisplay" path="/param[@name='Done']"/>
    public int Done { get; init; } = Done >= 0 && Done <= Total
        ? Done
        : throw new ArgumentOutOfRangeException(nameof(Done), Done, $"The steps done must be within 0 and the total, {Total}.");

    private double Percent => Total == 0 ? 100 : 100.0 * Done / Total;

    /// <summary>A label, the numbers and a bar.</summary>
    public string ToHtml() =>
        $"{Style}<div class=\"vilt-progress\"><div class=\"vilt-progress-line\"><span>{WebUtility.HtmlEncode(Label)}</span>" +
        $"<span>{WebUtility.HtmlEncode(Numbers())}</span></div>" +
        $"<div class=\"vilt-progress-bar\" role=\"progressbar\" aria-label=\"{WebUtility.HtmlEncode(Label)}\"" +
        $" aria-valuemin=\"0\" aria-valuemax=\"{Total}\" aria-valuenow=\"{Done}\">" +
        string.Create(CultureInfo.InvariantCulture, $"<div style=\"width: {Percent:0.#}%\"></div></div></div>");

    /// <summary>The same on one line.</summary>
    public override string ToString() => $"{Label}: {Numbers()}";

    private string Numbers() => $"{Done}/{Total} ({Percent:0} %)" + (string.IsNullOrEmpty(Details) ? "" : $", {Details}");
}

using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Kernel.Display.Views;

namespace Vilt.Kernel.Display;

/// <summary>A value that is being shown in several MIME types: what it holds is read once for all.</summary>
internal sealed class ShownValue
{
    private const string Json = "application/json";

    private readonly object? value;
    private readonly Lazy<View?> view;

    public ShownValue(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        Type = value?.GetType();
        this.value = mimeTypes.All(IsOfView) ? value : ReplayedSequence.Of(value);
        view = new(() => ViewReader.Read(this.value), LazyThreadSafetyMode.None);
    }

    /// <summary>The value's type; null for null.</summary>
    public Type? Type { get; }

    /// <summary>MIME types that show more of some values than HTML and text do.</summary>
    public static string[] RicherTypes(object value) => IsChart(value) ? [ChartOfPlotly.MimeType, HtmlFormatter.MimeType]
        : JsonText.Of(value) is not null && !KnownFormatters.HasAny(value.GetType()) ? [Json]
        : [];

    /// <summary>The value in a MIME type.</summary>
    public string In(string mimeType)
    {
        if (value is not null && IsChart(value))
        {
            return ChartOfPlotly.In(mimeType, value);
        }

        if (IsOfView(mimeType) && view.Value is { } shown)
        {
            return mimeType == HtmlFormatter.MimeType ? ViewHtml.Of(shown) : ViewText.Of(shown);
        }

        return mimeType == Json && value is not null && !KnownFormatters.HasAny(value.GetType(), mimeType) && JsonText.Of(value) is { } json
            ? json
            : value.ToDisplayString(mimeType);
    }

    /// <summary>Plotly.NET's charts name a formatter of their own, but its page loads plotly.js from the network.</summary>
    private static bool IsChart(object value) => ChartOfPlotly.IsOne(value) && !KnownFormatters.IsRegistered(value.GetType());

    private bool IsOfView(string mimeType) =>
        mimeType is HtmlFormatter.MimeType or PlainTextFormatter.MimeType && (Type is null || !KnownFormatters.HasAny(Type, mimeType));
}

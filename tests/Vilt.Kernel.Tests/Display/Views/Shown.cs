using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Display.Views;

/// <summary>Values as they are shown.</summary>
internal static class Shown
{
    public static string Text(object? value) => Session.Text(MimeBundle.From(value));

    public static string Html(object? value) => MimeBundle.From(value).Data["text/html"].GetString()!;
}

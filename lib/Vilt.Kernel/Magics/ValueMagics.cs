using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Magics;

/// <summary>Texts that become variables.</summary>
internal static class ValueMagics
{
    private const string Json = "application/json";
    private const string Name = "--name";
    private const string Value = "--value";
    private const string MimeType = "--mime-type";

    /// <summary>Declares a variable of the type that the value has.</summary>
    public static async Task Set(MagicCall call)
    {
        var name = NameIn(call);
        var value = call.Required(Value);
        var code = SourceOf(value) is var (kernel, source)
            ? Copy(call, kernel, source)
            : call.IsPassword(Value) ? $"new {typeof(PasswordString).FullName}({Literal(value)})" : Typed(value, call.Options.GetValueOrDefault(MimeType));
        await call.Run.RunAsync($"var {name} = {code};", call.Part.Line).ConfigureAwait(false);
    }

    /// <summary>Does what <see cref="Set"/> does, as .NET Interactive wrote it before it had that command.</summary>
    public static async Task Share(MagicCall call)
    {
        var name = call.Required("");
        var newName = ValidName(call.Options.GetValueOrDefault("--as", name));
        var code = Copy(call, call.Required("--from"), name);
        if (code != newName)
        {
            await call.Run.RunAsync($"var {newName} = {code};", call.Part.Line).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps a text for <see cref="Set"/>, and shows it where a MIME type is given.</summary>
    public static async Task Keep(MagicCall call)
    {
        var (name, options) = (NameIn(call), call.Options);
        List<string> origins = [.. options.Keys.Where(option => option.StartsWith("--from", StringComparison.Ordinal))];
        if (origins.Count + (call.Text.Length > 0 ? 1 : 0) > 1)
        {
            throw new MagicException("#!value takes one text: --from-file, --from-url, --from-value or the lines below it.");
        }

        var (text, type) = options.TryGetValue("--from-file", out var file)
                ? (await File.ReadAllTextAsync(Path.Combine(call.Run.Session.Folder, file), call.Run.Cancellation).ConfigureAwait(false), null)
            : options.TryGetValue("--from-url", out var url) ? await DownloadAsync(url, call.Run.Cancellation).ConfigureAwait(false)
            : (options.GetValueOrDefault("--from-value", call.Text), null);
        var shown = options.GetValueOrDefault(MimeType);
        call.Run.Session.Values[name] = (text, shown ?? type ?? "text/plain");
        if (shown is not null)
        {
            DisplayedValue.Show(MimeBundle.As(text, shown));
        }
    }

    private static string NameIn(MagicCall call) => ValidName(call.Required(Name));

    private static string ValidName(string name) =>
        SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name
            : throw new MagicException($"`{name}` is not a valid variable name: use letters, digits and underscores, and no C# keyword.");

    /// <summary>The kernel and the name in <c>@kernel:name</c>; null for a text.</summary>
    private static (string Kernel, string Name)? SourceOf(string value) =>
        value.StartsWith('@') && value.Split(':', 2) is [var kernel, var name] ? (kernel[1..], name) : null;

    private static string Copy(MagicCall call, string kernel, string name)
    {
        if (kernel == "csharp")
        {
            return SyntaxFacts.IsValidIdentifier(name) ? name : throw new MagicException($"`{name}` is not a valid variable name.");
        }

        if (kernel != "value")
        {
            throw new MagicException($"There is no kernel `{kernel}` here, because this kernel runs only C#: use the variable itself, or a text stored by #!value.");
        }

        return call.Run.Session.Values.TryGetValue(name, out var kept) ? Typed(kept.Text, kept.MimeType)
            : throw new MagicException($"#!value has stored nothing named `{name}`: run its cell first.");
    }

    private static string Typed(string text, string? mimeType) =>
        mimeType == Json ? $"System.Text.Json.JsonDocument.Parse({Literal(text)})" : Literal(text);

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static async Task<(string Text, string? Type)> DownloadAsync(string url, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(url, cancellation).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false), response.Content.Headers.ContentType?.MediaType);
    }
}

using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vilt.Notebooks.Students;

/// <summary>
/// Makes a notebook's relative paths lead to the same files from another folder. In code these are the string literals that start with
/// "./" or "../" or are "..", those of <c>#r</c> and <c>#load</c> among them; in Markdown the sources of pictures, and links to files that are there.
/// </summary>
/// <param name="from">The folder that the paths start from.</param>
/// <param name="to">The folder that they shall start from; null for whole paths, which hold in any.</param>
internal sealed partial class RelativePaths(string from, string? to)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().Build();
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>Changes the paths in C# code.</summary>
    public string ChangeInCode(string code)
    {
        var root = CSharpSyntaxTree.ParseText(code, Script).GetRoot();
        var edits = root.DescendantTokens(descendIntoTrivia: true)
            .Where(token => IsLiteral(token) && LeadsOut(token.ValueText) && token.Text.Contains(token.ValueText, StringComparison.Ordinal))
            .Select(token => (Path: token.ValueText, Start: token.SpanStart + token.Text.IndexOf(token.ValueText, StringComparison.Ordinal)));
        return Apply(code, edits.Select(edit => (edit.Start, edit.Path.Length, Move(edit.Path))));
    }

    /// <summary>Changes the paths in Markdown.</summary>
    public string ChangeInMarkdown(string markdown)
    {
        var links = Markdown.Parse(markdown, Pipeline).Descendants<LinkInline>()
            .Where(link => link.Url is not null && link.UrlSpan.Length > 0 && (link.IsImage ? IsRelative(link.Url) : IsFileBeside(link.Url)))
            .Select(link => (link.UrlSpan.Start, link.UrlSpan.Length, Move(link.Url!)));
        return HtmlPicture().Replace(Apply(markdown, links), match =>
            IsRelative(match.Groups["path"].Value) ? match.Groups["before"].Value + Move(match.Groups["path"].Value) : match.Value);
    }

    /// <summary>A string literal, or what stands before the first hole of an interpolated one.</summary>
    private static bool IsLiteral(SyntaxToken token) =>
        token.IsKind(SyntaxKind.StringLiteralToken)
        || (token.Parent is InterpolatedStringTextSyntax { Parent: InterpolatedStringExpressionSyntax text } part && text.Contents[0] == part);

    private static bool LeadsOut(string path) =>
        path == ".." || path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal);

    private static bool IsRelative(string path) => path.Length > 0 && path[0] is not ('#' or '/') && !path.Contains(':', StringComparison.Ordinal);

    /// <summary>Links between notebooks stay: the copies of a series lie side by side as the notebooks do.</summary>
    private bool IsFileBeside(string path) =>
        IsRelative(path) && !path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) && File.Exists(Path.Combine(from, path));

    private string Move(string path)
    {
        var end = path.EndsWith('/') ? "/" : "";
        var whole = Path.GetFullPath(path, from);
        return (to is null ? whole : Path.GetRelativePath(to, whole)).Replace('\\', '/').TrimEnd('/') + end;
    }

    private static string Apply(string text, IEnumerable<(int Start, int Length, string New)> edits)
    {
        foreach (var (start, length, replacement) in edits.OrderByDescending(edit => edit.Start))
        {
            text = text[..start] + replacement + text[(start + length)..];
        }

        return text;
    }

    [GeneratedRegex("""(?<before><img\b[^>]*?\bsrc\s*=\s*["'])(?<path>[^"'>]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex HtmlPicture();
}

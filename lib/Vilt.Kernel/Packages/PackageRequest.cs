using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NuGet.Versioning;

namespace Vilt.Kernel.Packages;

/// <summary>A line <c>#r "nuget: Name, Version"</c> of a cell.</summary>
/// <param name="Name">The package.</param>
/// <param name="Version">A version or a range in NuGet's notation; <c>*</c>, the newest release, where the line names none.</param>
/// <param name="Line">The cell's 1-based line.</param>
internal sealed partial record PackageRequest(string Name, string Version, int Line)
{
    private const string Prefix = "nuget:";

    /// <summary>Whether the text in <c>#r "…"</c> asks for a package, not for a file.</summary>
    public static bool IsOne(string reference) => reference.TrimStart().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The packages that a cell asks for.</summary>
    /// <exception cref="PackageException">A line can't be understood.</exception>
    public static List<PackageRequest> In(string code)
    {
        if (!code.Contains(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script));
        return tree.GetCompilationUnitRoot().GetReferenceDirectives().Where(line => IsOne(line.File.ValueText)).Select(Parse).ToList();
    }

    /// <summary>Whether a loaded version will do: the one that is named, or one in the range.</summary>
    public bool Allows(string loaded)
    {
        var version = NuGetVersion.Parse(loaded);
        return NuGetVersion.TryParse(Version, out var named)
            ? named == version
            : VersionRange.TryParse(Version, out var range) && (range.IsFloating ? range.Float!.Satisfies(version) : range.Satisfies(version));
    }

    private static PackageRequest Parse(ReferenceDirectiveTriviaSyntax directive)
    {
        var line = directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        var match = Syntax().Match(directive.File.ValueText);
        if (!match.Success)
        {
            throw new PackageException("NuGet", $"`{directive}` is not understood: write #r \"nuget: Name, Version\" or #r \"nuget: Name\".", line);
        }

        var version = match.Groups["version"];
        return new(match.Groups["name"].Value, version.Success ? version.Value : "*", line);
    }

    [GeneratedRegex(@"^\s*nuget:\s*(?<name>[\w.-]+)\s*(,\s*(?<version>[\w.+*-]+|[\[(][\w.+*,\s-]+[\])])\s*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Syntax();
}

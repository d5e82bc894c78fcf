using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Vilt.Kernel.Language;

/// <summary>A member's XML documentation as Markdown.</summary>
/// <param name="Summary">What it does; empty when nothing says so.</param>
/// <param name="Parameters">What its parameters mean, by their names.</param>
internal sealed partial record SymbolDocumentation(string Summary, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Reads a member's documentation or, where it is inherited, that of the member it overrides or implements.</summary>
    public static SymbolDocumentation Of(ISymbol symbol)
    {
        var xml = Parse(symbol.OriginalDefinition.GetDocumentationCommentXml());
        if (xml?.Element("summary") is null && Inherited(symbol) is { } inherited)
        {
            return Of(inherited);
        }

        var parameters = xml?.Elements("param").Where(parameter => parameter.Attribute("name") is not null)
            .DistinctBy(parameter => parameter.Attribute("name")!.Value)
            .ToDictionary(parameter => parameter.Attribute("name")!.Value, Text);
        return new(Text(xml?.Element("summary")), parameters ?? []);
    }

    private static XElement? Parse(string? xml)
    {
        try
        {
            // Assemblies give a <member> element, source files give a <doc> or the bare elements.
            return string.IsNullOrEmpty(xml) ? null : XElement.Parse($"<doc>{xml}</doc>") is var outer && outer.Element("summary") is null
                ? outer.Elements().FirstOrDefault() : outer;
        }
        catch (XmlException)
        {
            return null; // A library's documentation may be malformed.
        }
    }

    private static ISymbol? Inherited(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { ReducedFrom: { } extension } => extension,
        IMethodSymbol { OverriddenMethod: { } overridden } => overridden,
        IPropertySymbol { OverriddenProperty: { } overridden } => overridden,
        _ => symbol.ContainingType?.AllInterfaces.SelectMany(type => type.GetMembers(symbol.Name))
            .FirstOrDefault(member => symbol.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), SymbolEqualityComparer.Default)),
    };

    private static string Text(XElement? element) =>
        element is null ? "" : Space().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{name.Attribute("name")?.Value}`",
        XElement { Name.LocalName: "see" or "seealso", IsEmpty: true } see => $"`{Target(see)}`",
        XElement other => Text(other) + " ",
        _ => "",
    };

    /// <summary>The last name of what is referred to: <c>WriteLine</c> for <c>M:System.Console.WriteLine(System.String)</c>.</summary>
    private static string Target(XElement see)
    {
        var target = see.Attribute("langword")?.Value ?? see.Attribute("cref")?.Value ?? see.Attribute("href")?.Value ?? "";
        return see.Attribute("href") is null ? target.Split('(')[0].Split('.', ':')[^1].Split('`')[0] : target;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

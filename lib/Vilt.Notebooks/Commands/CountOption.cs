using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Vilt.Notebooks.Commands;

/// <summary>Options that take a whole number of 1 or more.</summary>
internal static class CountOption
{
    /// <summary>A required one.</summary>
    public static Option<int> Required(string name, string description) =>
        new(name) { Description = description, HelpName = "N", Required = true, CustomParser = Parse };

    /// <summary>One with a default.</summary>
    public static Option<int> WithDefault(string name, string description, int count) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => count, CustomParser = Parse };

    /// <summary>An optional one.</summary>
    public static Option<int?> Optional(string name, string description) =>
        new(name) { Description = description, HelpName = "N", CustomParser = result => Parse(result) };

    private static int Parse(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) && count >= 1)
        {
            return count;
        }

        var name = ((OptionResult)result.Parent!).Option.Name;
        result.AddError($"{name} {result.Tokens[0].Value}: expected a whole number of 1 or more.");
        return 0;
    }
}

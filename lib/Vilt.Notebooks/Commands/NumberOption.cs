using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Vilt.Notebooks.Commands;

/// <summary>Options that take a number above 0, read the same way whatever the machine's language: 1e-4, 0.05.</summary>
internal static class NumberOption
{
    /// <summary>One with a default.</summary>
    public static Option<double> WithDefault(string name, string description, double number) =>
        new(name) { Description = description, HelpName = "X", DefaultValueFactory = _ => number, CustomParser = Parse };

    /// <summary>An optional one.</summary>
    public static Option<double?> Optional(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, CustomParser = result => Parse(result) };

    private static double Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number))
        {
            return number;
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name} {text}: expected a number above 0, written with a point, such as 0.05 or 1e-4.");
        return 0;
    }
}

using System.CommandLine;
using System.Globalization;
using Vilt.Data;

namespace Vilt.Notebooks.Training;

/// <summary>Question types that a model is weak in, asked more than once per epoch.</summary>
/// <param name="times">How often each is asked; a type that is not listed is asked once.</param>
internal sealed class RepeatedTypes(IReadOnlyDictionary<string, int> times)
{
    private const string Form = "TYPE=N";

    public static Option<string[]> Option()
    {
        var option = new Option<string[]>("--repeat")
        {
            Description = "Ask the questions of a type, as the annotations name it, N times per epoch, for types that the model is weak in. May be given for several types.",
            HelpName = Form,
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => Read(token.Value) is null))
            {
                result.AddError($"--repeat {token.Value}: expected {Form}, such as \"how many=3\".");
            }
        });
        return option;
    }

    /// <summary>Reads the option's values, which have been validated.</summary>
    public static RepeatedTypes Of(IReadOnlyList<string> values) =>
        new(values.Select(value => Read(value)!.Value).GroupBy(pair => pair.Type, pair => pair.Times).ToDictionary(type => type.Key, type => type.Last()));

    /// <summary>The examples, with those of the repeated types as often as requested.</summary>
    /// <exception cref="InvalidDataException">A named type has no example.</exception>
    public IReadOnlyList<VqaExample> In(IReadOnlyList<VqaExample> examples)
    {
        var types = examples.Select(TypeOf).ToHashSet();
        if (times.Keys.FirstOrDefault(type => !types.Contains(type)) is { } unknown)
        {
            throw new InvalidDataException($"--repeat {unknown}: no question is of this type. There are: {string.Join(", ", types.Order(StringComparer.Ordinal))}.");
        }

        return [.. examples.SelectMany(example => Enumerable.Repeat(example, times.GetValueOrDefault(TypeOf(example), 1)))];
    }

    private static string TypeOf(VqaExample example) => example.Annotation!.QuestionType;

    private static (string Type, int Times)? Read(string value)
    {
        var at = value.LastIndexOf('=');
        return at > 0 && int.TryParse(value.AsSpan(at + 1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var times) && times > 0 ? (value[..at], times) : null;
    }
}

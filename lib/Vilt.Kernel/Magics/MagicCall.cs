using System.Text.Json;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Magics;

/// <summary>One call of a magic command, with what it may use.</summary>
/// <param name="part">The line and the text below it.</param>
/// <param name="run">The run of the cell that it stands in.</param>
internal sealed class MagicCall(MagicPart part, CellMagics run)
{
    private readonly Dictionary<string, string> options = [];

    /// <summary>The line and the text below it.</summary>
    public MagicPart Part => part;

    /// <summary>The run of the cell that it stands in.</summary>
    public CellMagics Run => run;

    /// <summary>The text below the line.</summary>
    public string Text => part.Text.Trim('\r', '\n');

    /// <summary>The values of the options by name; the one without an option by the empty name.</summary>
    public IReadOnlyDictionary<string, string> Options => options;

    /// <summary>Reads the options. Values that the reader of the notebook is to give are asked for.</summary>
    /// <exception cref="MagicException">An option is unknown, lacks its value or comes twice.</exception>
    public void ReadOptions()
    {
        var words = part.Line.Words;
        for (var i = 0; i < words.Count; i++)
        {
            var isNamed = words[i].StartsWith("--", StringComparison.Ordinal);
            var name = isNamed ? words[i] : "";
            if (isNamed ? !part.Command.Options.Contains(name) : !part.Command.TakesValue)
            {
                throw new MagicException($"{part.Command.Name} does not take `{words[i]}`: {Usage()}");
            }

            if (isNamed && ++i == words.Count)
            {
                throw new MagicException($"{part.Command.Name} needs a value after {name}: {Usage()}");
            }

            if (!options.TryAdd(name, Value(words[i], name)))
            {
                throw new MagicException($"{part.Command.Name} takes {(isNamed ? name : "a value")} only once: {Usage()}");
            }
        }
    }

    /// <summary>A required value.</summary>
    /// <exception cref="MagicException">There is none.</exception>
    public string Required(params string[] names) => names.Select(name => options.GetValueOrDefault(name)).FirstOrDefault(value => value is not null)
        ?? throw new MagicException($"{part.Command.Name} needs {(names[0].Length > 0 ? names[0] : "a value")}: {Usage()}");

    /// <summary>Whether the option's value was asked for as a password.</summary>
    public bool IsPassword(string option) =>
        part.Line.Words.SkipWhile(word => word != option).Skip(1).FirstOrDefault() is { } word
        && word.StartsWith(Question.Password, StringComparison.Ordinal);

    private string Usage()
    {
        var options = part.Command.Options.Select(option => $"{option} …");
        var words = (part.Command.TakesValue ? options.Prepend("…") : options).ToList();
        return words.Count == 0 ? "nothing else may stand on its line." : $"write {part.Command.Name} with {string.Join(", ", words)}.";
    }

    private static string Value(string word, string option) =>
        Question.Of(word, option) is { } question ? CellInput.Ask(question.Prompt, question.IsPassword) : MagicLine.Unquote(word);

    /// <summary>A value that the reader is asked for.</summary>
    /// <param name="Prompt">The question.</param>
    /// <param name="IsPassword">Whether the answer is to be hidden.</param>
    private sealed record Question(string Prompt, bool IsPassword)
    {
        public const string Password = "@password";
        private const string Input = "@input";

        /// <summary>Reads <c>@input</c>, <c>@input:"prompt"</c> or <c>@input:{"prompt": "…"}</c>, and the same with <c>@password</c>.</summary>
        public static Question? Of(string word, string option)
        {
            var parts = word.Split(':', 2);
            return parts[0] is not (Input or Password) ? null
                : new(parts.Length > 1 ? PromptIn(parts[1]) : $"Please enter a value for {(option.Length > 0 ? option : "the command")}.", parts[0] == Password);
        }

        private static string PromptIn(string text)
        {
            if (!text.StartsWith('{'))
            {
                return MagicLine.Unquote(text);
            }

            try
            {
                using var json = JsonDocument.Parse(text);
                return json.RootElement.TryGetProperty("prompt", out var prompt) ? prompt.ToString() : "";
            }
            catch (JsonException)
            {
                throw new MagicException($"`{text}` is not valid JSON: write @input:\"question\" or @input:{{\"prompt\": \"question\"}}.");
            }
        }
    }
}

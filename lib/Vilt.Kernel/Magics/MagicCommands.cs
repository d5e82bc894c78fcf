using Vilt.Kernel.Display;

namespace Vilt.Kernel.Magics;

/// <summary>The magic commands, named as in .NET Interactive, and the answers to those of other languages.</summary>
internal static class MagicCommands
{
    public static readonly IReadOnlyList<MagicCommand> All =
    [
        new("#!about", "Shows the versions of this kernel and of .NET.", About),
        new("#!csharp", "Marks the lines below as C#, which is the default.", _ => Task.CompletedTask) { Aliases = ["#!c#", "#!C#"] },
        new("#!html", "Shows the lines below as HTML.", TextMagics.Html) { TakesText = true },
        new("#!import", "Runs a notebook (.ipynb, .dib) or a C# file (.cs, .csx).", ImportMagic.Run) { TakesValue = true, Options = ["--file"] },
        new("#!lsmagic", "Lists the magic commands.", List),
        new("#!markdown", "Shows the lines below as Markdown.", TextMagics.Markdown) { TakesText = true, Aliases = ["#!md"] },
        new("#!mermaid", "Shows the lines below as a diagram, where the front end draws Mermaid.", TextMagics.Mermaid) { TakesText = true },
        new("#!set", "Sets a variable: to a text, to what the reader enters (@input, @password) or to a text stored by #!value (@value:name).", ValueMagics.Set)
        {
            Options = ["--name", "--value", "--mime-type"],
        },
        new("#!share", "Takes a text stored by #!value (--from value) or renames a variable (--from csharp).", ValueMagics.Share)
        {
            TakesValue = true, Options = ["--from", "--as"],
        },
        new("#!time", "Shows how long the cell took.", VariableMagics.Time),
        new("#!value", "Stores the lines below, a file or a page as a text for #!set.", ValueMagics.Keep)
        {
            TakesText = true, Options = ["--name", "--from-file", "--from-url", "--from-value", "--mime-type"],
        },
        new("#!who", "Lists the names of the variables.", VariableMagics.Who),
        new("#!whos", "Lists the variables with their types and values.", VariableMagics.Whos),
        new("#i", "Adds a source of packages: a folder or a URL.", SourceMagic.Run) { TakesValue = true },
    ];

    /// <summary>Whether the lines below a command are its own: those of other languages are no C# either.</summary>
    public static bool TakesText(string name) => Find(name)?.TakesText ?? OtherLanguages.Has(name);

    /// <summary>The command that a line calls.</summary>
    /// <exception cref="UnknownMagicException">There is none.</exception>
    public static MagicCommand Get(MagicLine line) => Find(line.Name) is not { } command || OtherLanguages.IsSource(line)
        ? throw new UnknownMagicException(OtherLanguages.Advice(line.Name), line.Number)
        : line.Words is ["-h" or "--help" or "-?"]
            ? command with { Run = call => Say($"{command.Name}: {command.Help} {string.Join(' ', command.Options)}".Trim()), TakesValue = true, TakesText = false }
            : command;

    /// <summary>The command of a name, or null.</summary>
    public static MagicCommand? Find(string name) =>
        All.FirstOrDefault(command => command.Name == name || command.Aliases.Contains(name, StringComparer.Ordinal));

    private static Task About(MagicCall call) =>
        Say($"csharp-kernel {typeof(MagicCommands).Assembly.GetName().Version?.ToString(3)}, .NET {Environment.Version}");

    private static Task List(MagicCall call)
    {
        DisplayedValue.Show(MimeBundle.From(All.Select(command => new { Command = command.Name, Does = command.Help }).ToList()));
        return Task.CompletedTask;
    }

    private static Task Say(string text)
    {
        DisplayedValue.Show(MimeBundle.From(text));
        return Task.CompletedTask;
    }
}

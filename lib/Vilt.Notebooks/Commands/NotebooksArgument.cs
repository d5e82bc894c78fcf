using System.CommandLine;

namespace Vilt.Notebooks.Commands;

/// <summary>The notebooks and folders that a command works on.</summary>
internal static class NotebooksArgument
{
    public static Argument<string[]> Create(string description, ArgumentArity arity)
    {
        var argument = new Argument<string[]>("NOTEBOOK|FOLDER") { Description = description, Arity = arity };
        argument.Validators.Add(result =>
        {
            // A mistyped option would be looked for as a file.
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
            {
                result.AddError($"{option.Value} is not an option of this command.");
            }
        });
        return argument;
    }

    /// <summary>Says, before anything is written, why files with these notebooks' names can't go into a folder; or null.</summary>
    public static string? ProblemWithOutput(IReadOnlyList<string> notebooks, string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (notebooks.FirstOrDefault(notebook => Path.GetDirectoryName(Path.GetFullPath(notebook)) == folder) is { } own)
        {
            return $"--out {folder} is the folder of {own} itself, which would be overwritten; choose another one.";
        }

        var twice = notebooks.GroupBy(Path.GetFileName).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? null : $"Two notebooks are named {twice.Key}, and --out has room for only one: run them one by one.";
    }
}

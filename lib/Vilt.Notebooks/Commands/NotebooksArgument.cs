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

    /// <summary>
    /// Where in a folder each notebook's result goes: notebooks of one folder side by side, and those of several as they lie below the
    /// folder that all are in, so that one name may come twice.
    /// </summary>
    /// <param name="named">What the command was given: notebooks and folders.</param>
    /// <param name="notebooks">The notebooks that these stand for.</param>
    /// <param name="folder">The folder of the results.</param>
    public static IReadOnlyList<string> Targets(IReadOnlyCollection<string> named, IReadOnlyList<string> notebooks, string folder)
    {
        var roots = named.Select(path => Directory.Exists(path) ? Path.GetFullPath(path) : Path.GetDirectoryName(Path.GetFullPath(path))!);
        var root = named.Count > 0 ? roots.Aggregate(Common) : Path.GetDirectoryName(notebooks[0])!;
        return [.. notebooks.Select(notebook => Path.GetFullPath(Path.Combine(folder, root.Length > 0 ? Path.GetRelativePath(root, notebook) : Path.GetFileName(notebook))))];
    }

    /// <summary>Says what is wrong with writing there, before anything is written; or null.</summary>
    public static string? ProblemWithOutput(IReadOnlyList<string> notebooks, IReadOnlyList<string> targets)
    {
        if (targets.Intersect(notebooks).FirstOrDefault() is { } own)
        {
            return $"--out is the folder of {own} itself, which would be overwritten; choose another.";
        }

        var twice = targets.GroupBy(target => target).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? null : $"Two notebooks would both become {twice.Key}: run them one by one.";
    }

    /// <summary>The folder that both lie in; empty on two drives.</summary>
    private static string Common(string a, string b)
    {
        while (Path.GetRelativePath(a, b) is var path && (path.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(path)))
        {
            if (Path.GetDirectoryName(a) is not { } above)
            {
                return "";
            }

            a = above;
        }

        return a;
    }
}

using System.CommandLine;

namespace Vilt.Notebooks.Commands;

/// <summary>The notebooks and folders that a command is to work on.</summary>
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
}

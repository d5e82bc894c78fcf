using System.CommandLine;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt results</c>: what <c>vilt predict</c> and <c>vilt attribute</c> wrote.</summary>
internal static class ResultsCommand
{
    public static readonly string[] Examples =
    [
        "vilt results status answers",
        "vilt results verify answers",
        "vilt results merge answers --data vqa --split val2014",
        "vilt results merge answers --submission submission.json",
    ];

    public static Command Create() => new("results", "Folders that vilt predict and vilt attribute wrote: what is missing or broken, and one table.")
    {
        ResultsCheckCommand.Create("status", "Lists the parts that are missing, not complete or can't be opened.", thoroughly: false),
        ResultsCheckCommand.Create("verify", "Reads everything and compares it with checksums. The exit status is 1 if a part is missing, not complete or broken.", thoroughly: true),
        ResultsMergeCommand.Create(),
    };

    public static Argument<string> Folder() => new("FOLDER") { Description = "What the command that wrote the results had as --out." };
}

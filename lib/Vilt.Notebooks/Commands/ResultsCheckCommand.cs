using System.CommandLine;
using Vilt.Results;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt results status</c> and <c>vilt results verify</c>.</summary>
internal static class ResultsCheckCommand
{
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="thoroughly">Whether everything is read, and what is found is told by the exit status.</param>
    public static Command Create(string name, string description, bool thoroughly)
    {
        var folder = ResultsCommand.Folder();
        var of = CountOption.Optional("--of", "The number of shares: says which of them are to run again.");
        var command = new Command(name, description) { folder, of };
        command.SetAction(parsed =>
        {
            var isWhole = Check(parsed.GetRequiredValue(folder), parsed.GetValue(of), thoroughly);
            return isWhole || !thoroughly ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static bool Check(string folder, int? of, bool thoroughly)
    {
        var results = new StoredResults(folder);
        var (answered, skipped) = (0, 0);
        SortedSet<int> shares = [];
        var whole = 0;
        foreach (var part in results.Check(thoroughly))
        {
            (answered, skipped) = (answered + part.Answered, skipped + part.Unreadable);
            if (part.IsWhole)
            {
                whole++;
                continue;
            }

            Console.Out.WriteLine(part);
            shares.Add(part.Number % (of ?? 1));
        }

        Console.Out.WriteLine($"{results.Command}: {whole} of {results.Plan.PartCount} parts, {answered} of {results.Plan.Questions} questions"
            + (skipped > 0 ? $", {skipped} skipped because their pictures can't be read" : ""));
        if (shares.Count > 0)
        {
            Console.Out.WriteLine("The command that wrote them makes what is missing; delete what is broken first."
                + (of is null ? "" : $" Shares of {of}: {string.Join(',', shares)}"));
        }

        return shares.Count == 0;
    }
}

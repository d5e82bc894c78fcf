using System.CommandLine;
using Vilt.Notebooks.Results;
using Vilt.Results;
using Vilt.Scenes;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt results merge</c>: one table of all parts.</summary>
internal static class ResultsMergeCommand
{
    public static Command Create()
    {
        var folder = ResultsCommand.Folder();
        var data = new Option<string?>("--data")
        {
            Description = "The data set that the results are about: adds questions, right answers and the official accuracy, and "
                + "for explanations of a Zoo whether they point at what decides.",
            HelpName = "DIR",
        };
        var split = DataOptions.Split();
        var submission = new Option<string?>("--submission")
        {
            Description = "Also write the answers as the VQA challenge takes them; a question whose picture can't be read gets an empty one.",
            HelpName = "FILE",
        };
        var command = new Command("merge", "Writes table.parquet into the folder, a row for each question, and errors.csv if pictures "
            + "can't be read. Maps stay in the parts; the table names the file of each.")
        {
            folder, data, split, submission,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Merge(
            parsed.GetRequiredValue(folder), parsed.GetValue(data), parsed.GetValue(split), parsed.GetValue(submission), cancellation), cancellation));
        return command;
    }

    private static int Merge(string folder, string? data, string? split, string? submission, CancellationToken cancellation)
    {
        var results = new StoredResults(folder);
        var questions = data is null ? null : results.Questions(data, DataOptions.Read(data, split, limit: null));
        var masks = data is not null && ZooMasks.AreIn(data) ? ZooMasks.Read(data) : null;
        var table = new ResultTable(results, questions, masks);
        var file = Path.Combine(folder, "table.parquet");
        Console.Out.WriteLine($"{table.WriteParquet(file, cancellation)} questions in {file}");
        var errors = Path.Combine(folder, "errors.csv");
        if (UnreadablePicture.Merge(errors, results.WholeParts().Select(part => part.ErrorFile)) is > 0 and var count)
        {
            Console.Out.WriteLine($"{count} questions whose pictures can't be read in {errors}");
        }

        if (submission is not null)
        {
            table.WriteSubmission(submission, cancellation);
            Console.Out.WriteLine($"Answers for the challenge in {submission}");
        }

        return ExitCode.Success;
    }
}

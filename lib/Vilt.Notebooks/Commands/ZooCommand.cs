using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;
using Vilt.Scenes;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt zoo</c>: draws the Zoo, a data set in VQAv2's files.</summary>
internal static class ZooCommand
{
    public static readonly string[] Examples = ["vilt zoo --out data/zoo --pictures 500 --seed 1"];

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "A new or empty folder, or one with an earlier Zoo.", HelpName = "DIR", Required = true };
        var pictures = new Option<int>("--pictures") { Description = "How many pictures, 1 or more.", HelpName = "N", Required = true, CustomParser = ParseCount };
        var seed = new Option<int>("--seed") { Description = "The same seed draws the same bytes.", HelpName = "S", DefaultValueFactory = _ => 0 };
        var command = new Command("zoo", "Draws a data set: pictures, questions and answers in the files of VQAv2.") { output, pictures, seed };
        command.SetAction((parsed, cancellation) =>
            DrawAsync(parsed.GetRequiredValue(output), parsed.GetValue(pictures), parsed.GetValue(seed), cancellation));
        return command;
    }

    private static int ParseCount(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, out var count) && count >= 1)
        {
            return count;
        }

        result.AddError($"--pictures {result.Tokens[0].Value}: a whole number of 1 or more was expected.");
        return 0;
    }

    private static async Task<int> DrawAsync(string folder, int pictures, int seed, CancellationToken cancellation)
    {
        // On a thread of its own, so that Ctrl+C finds somebody waiting.
        Task Draw(Action<int> report) => Task.Run(() => Zoo.Draw(folder, pictures, seed, new Report(report), cancellation), cancellation);
        if (Console.IsOutputRedirected)
        {
            await Draw(drawn => Console.Out.WriteLine($"{drawn}/{pictures} pictures"));
        }
        else
        {
            await AnsiConsole.Progress().StartAsync(context =>
            {
                var task = context.AddTask("pictures", maxValue: pictures);
                return Draw(drawn => task.Value = drawn);
            });
        }

        Console.Out.WriteLine($"The Zoo is drawn: {Path.GetFullPath(folder)}");
        return ExitCode.Success;
    }

    /// <summary>Reports at once and in order, which <see cref="Progress{T}"/> does not.</summary>
    private sealed class Report(Action<int> report) : IProgress<int>
    {
        void IProgress<int>.Report(int value) => report(value);
    }
}

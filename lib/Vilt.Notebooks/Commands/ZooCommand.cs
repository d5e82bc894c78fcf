using System.CommandLine;
using Vilt.Notebooks.Running;
using Vilt.Scenes;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt zoo</c>: draws the Zoo, a data set in VQAv2's format.</summary>
internal static class ZooCommand
{
    public static readonly string[] Examples = ["vilt zoo --out data/zoo --pictures 500 --seed 1"];

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "A new or empty folder, or one with an earlier Zoo.", HelpName = "DIR", Required = true };
        var pictures = CountOption.Required("--pictures", "How many pictures, 1 or more.");
        var seed = new Option<int>("--seed") { Description = "The same seed draws the same bytes.", HelpName = "S", DefaultValueFactory = _ => 0 };
        var command = new Command("zoo", "Draws a data set: pictures, questions and answers in VQAv2's format.") { output, pictures, seed };
        command.SetAction((parsed, cancellation) =>
            DrawAsync(parsed.GetRequiredValue(output), parsed.GetValue(pictures), parsed.GetValue(seed), cancellation));
        return command;
    }

    private static async Task<int> DrawAsync(string folder, int pictures, int seed, CancellationToken cancellation)
    {
        await CountedWork.RunAsync(pictures, report =>
        {
            var progress = new PromptProgress<int>(drawn => report(drawn, $"{drawn}/{pictures} pictures"));
            Zoo.Draw(folder, pictures, seed, progress, cancellation);
            return pictures;
        }, cancellation);
        Console.Out.WriteLine($"The Zoo is drawn: {Path.GetFullPath(folder)}");
        return ExitCode.Success;
    }
}

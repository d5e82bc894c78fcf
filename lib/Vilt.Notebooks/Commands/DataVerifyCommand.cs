using System.Collections.Concurrent;
using System.CommandLine;
using Vilt.Data;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt data verify</c>: whether a data set is complete.</summary>
internal static class DataVerifyCommand
{
    public static Command Create()
    {
        var folder = DataCommand.Folder();
        var command = new Command("verify", "Reads every file and picture of a data set and reports what is missing or damaged.") { folder };
        command.SetAction(async (parsed, cancellation) =>
        {
            List<string> problems = [];
            foreach (var split in VqaFolder.Splits(parsed.GetRequiredValue(folder)))
            {
                problems.AddRange(await ProblemsAsync(split, cancellation));
            }

            problems.ForEach(Console.Error.WriteLine);
            Console.Out.WriteLine(problems.Count == 0 ? "Complete: every question has its annotation and its picture." : $"{problems.Count} problems.");
            return problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(VqaSplit split, CancellationToken cancellation)
    {
        try
        {
            var images = split.Images();
            var paired = VqaExamples.Pair(split.Questions(), split.Annotations(), images);
            return
            [
                .. paired.QuestionsWithoutAnnotation.Select(id => $"{split.Name}: question {id} has no annotation."),
                .. paired.QuestionsWithoutImage.Select(id => $"{split.Name}: question {id} has no picture."),
                .. await DamagedPicturesAsync(split.Name, [.. images.Files], cancellation),
            ];
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return [$"{split.Name}: {error.Message}"];
        }
    }

    private static async Task<IEnumerable<string>> DamagedPicturesAsync(string split, string[] pictures, CancellationToken cancellation)
    {
        var damaged = new ConcurrentBag<string>();
        await CountedWork.RunAsync(pictures.Length, report =>
        {
            var done = 0;
            Parallel.ForEach(pictures, new ParallelOptions { CancellationToken = cancellation }, path =>
            {
                if (Problem(path) is { } problem)
                {
                    damaged.Add($"{split}: {problem}");
                }

                lock (damaged)
                {
                    report(++done, $"{done}/{pictures.Length} pictures of {split}");
                }
            });
            return done;
        }, cancellation);
        return damaged.Order(StringComparer.Ordinal);
    }

    private static string? Problem(string picture)
    {
        try
        {
            RgbImage.Read(picture);
            return null;
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
    }
}

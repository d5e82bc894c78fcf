using System.CommandLine;
using Vilt.Data;

namespace Vilt.Notebooks.Commands;

/// <summary>The data set that a command works on.</summary>
internal static class DataOptions
{
    public static Option<string> Folder() => new("--data")
    {
        Description = "A data set in the format of VQAv2, VQA v1, OK-VQA, GQA or VizWiz, as unpacked.",
        HelpName = "DIR",
        Required = true,
    };

    public static Option<string?> Split() =>
        new("--split") { Description = "Which split, such as val2014, if the folder has several.", HelpName = "NAME" };

    /// <summary>Reads the first questions of a data set, and says on standard error which ones it leaves out.</summary>
    /// <exception cref="IOException">A file or folder is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, there are several splits to choose from, or no question is complete.
    /// </exception>
    public static IReadOnlyList<VqaExample> Read(string folder, string? split, int? limit)
    {
        var read = VqaFolder.Read(folder, split);
        TellOf(read.QuestionsWithoutAnnotation, "annotation");
        TellOf(read.QuestionsWithoutImage, "picture");
        return read.Examples.Count > 0
            ? [.. read.Examples.Take(limit ?? int.MaxValue)]
            : throw new InvalidDataException($"{folder}: no question has both an annotation and a picture.");
    }

    private static void TellOf(IReadOnlyList<long> questions, string missing)
    {
        if (questions.Count > 0)
        {
            Console.Error.WriteLine($"Left out because they have no {missing}: {questions.Count} questions, such as {questions[0]}.");
        }
    }
}

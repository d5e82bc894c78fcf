using System.Text;
using Vilt.Data;

namespace Vilt.Results;

/// <summary>A question without results, because its picture can't be read.</summary>
/// <param name="Example">The question.</param>
/// <param name="Error">What is wrong with the picture.</param>
public sealed record UnreadablePicture(VqaExample Example, string Error)
{
    private const string Header = "question_id,picture,error";

    /// <summary>Reads the pictures of examples to see which can be read.</summary>
    public static (VqaExample[] Readable, IReadOnlyList<UnreadablePicture> Broken) Split(VqaExample[] examples)
    {
        UnreadablePicture[] broken = [.. examples.AsParallel().AsOrdered()
            .Select(example => Problem(example) is { } problem ? new UnreadablePicture(example, problem) : null).OfType<UnreadablePicture>()];
        return ([.. examples.Except(broken.Select(one => one.Example))], broken);
    }

    /// <summary>Adds to a table of what could not be read, in CSV.</summary>
    public static void Append(string file, IEnumerable<UnreadablePicture> broken)
    {
        var lines = broken.Select(one => $"{one.Example.Question.QuestionId},{Quoted(one.Example.ImagePath)},{Quoted(one.Error)}");
        string[] all = [.. File.Exists(file) ? File.ReadLines(file) : [Header], .. lines];
        Write(file, all.Distinct());
    }

    /// <summary>Makes one table of several.</summary>
    /// <returns>How many pictures are in it. If there are none, no file is written.</returns>
    public static int Merge(string file, IEnumerable<string> files)
    {
        string[] lines = [.. files.Where(File.Exists).SelectMany(part => File.ReadLines(part).Skip(1))];
        if (lines.Length > 0)
        {
            Write(file, lines.Prepend(Header));
        }

        return lines.Length;
    }

    private static void Write(string file, IEnumerable<string> lines) =>
        AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));

    private static string? Problem(VqaExample example)
    {
        try
        {
            RgbImage.Read(example.FetchImage());
            return null;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    private static string Quoted(string text) => $"\"{text.ReplaceLineEndings(" ").Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

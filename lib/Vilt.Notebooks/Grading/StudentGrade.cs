using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vilt.Data;

namespace Vilt.Notebooks.Grading;

/// <summary>The result of grading a student's work.</summary>
/// <param name="Student">The student.</param>
/// <param name="Fingerprint">A fingerprint of everything that the grade depends on: work that has been graded already is skipped.</param>
/// <param name="Scores">A score for each question of the course.</param>
/// <param name="Notes">What the teacher should know: cells that were restored, files that could not be used.</param>
/// <param name="Notebooks">The names of the notebooks that were run.</param>
internal sealed record StudentGrade(
    string Student, string Fingerprint, IReadOnlyList<Score> Scores, IReadOnlyList<string> Notes, IReadOnlyList<string> Notebooks)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a grade that an earlier run has left; null if there is none, or it can't be read.</summary>
    public static StudentGrade? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<StudentGrade>(File.ReadAllBytes(file), Format) : null;
        }
        catch (JsonException)
        {
            return null; // From another version.
        }
    }

    /// <summary>Writes the grade, or grades, in one step.</summary>
    public static void Write<T>(string file, T grades) => AtomicFile.Write(file, stream => JsonSerializer.Serialize(stream, grades, Format));

    /// <summary>A hash of files' names and contents, and of what else the grade depends on.</summary>
    public static string FingerprintOf(IEnumerable<string> files, string rest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(rest));
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

using System.Globalization;

namespace Vilt.Notebooks.Grading;

/// <summary>What a person has decided about an answer.</summary>
/// <param name="Points">The points; null while there are none.</param>
/// <param name="Comment">A comment for the student.</param>
internal sealed record ManualScore(double? Points, string Comment);

/// <summary>
/// The table in which a person gives points, for answers in words, or to replace what a run gave: no run overwrites them.
/// </summary>
internal sealed class ManualPoints
{
    private static readonly string[] Header = ["student", "question", "points", "comment"];

    private readonly Dictionary<(string Student, string Question), ManualScore> scores = [];

    /// <summary>Reads the table; a missing one is empty.</summary>
    /// <param name="file">The table.</param>
    /// <param name="questions">The questions, by name.</param>
    /// <exception cref="InvalidDataException">It has other columns, or points that the question does not give.</exception>
    public static ManualPoints Read(string file, IReadOnlyDictionary<string, Question> questions)
    {
        var manual = new ManualPoints();
        var rows = File.Exists(file) ? Csv.Read(file) : [];
        foreach (var (row, line) in rows.Select((row, i) => (row, i + 1)).Where(entry => entry.row.Any(field => field.Length > 0)))
        {
            if (line == 1 ? !row.Take(Header.Length).SequenceEqual(Header) : row.Count < Header.Length)
            {
                throw new InvalidDataException($"{file}, row {line}: expected the columns {string.Join(", ", Header)}.");
            }

            if (line > 1)
            {
                var points = Points(row[2], questions.GetValueOrDefault(row[1])?.Points, $"{file}, row {line}");
                manual.scores[(row[0], row[1])] = new(points, row[3]);
            }
        }

        return manual;
    }

    /// <summary>What was decided about a student's answer, if anything was.</summary>
    public ManualScore? Of(string student, string question) => scores.GetValueOrDefault((student, question));

    /// <summary>A score's points: a person's, otherwise the run's; null while a person still has to give them.</summary>
    public double? Points(string student, Score score) => Of(student, score.Question)?.Points ?? score.Points;

    /// <summary>Writes the table, with a row for each answer that a person gives points for; what is decided stays.</summary>
    public void Write(string file, IEnumerable<StudentGrade> grades)
    {
        foreach (var grade in grades)
        {
            foreach (var score in grade.Scores.Where(score => score.Points is null))
            {
                scores.TryAdd((grade.Student, score.Question), new(null, ""));
            }
        }

        var rows = scores.OrderBy(entry => entry.Key.Student, StringComparer.OrdinalIgnoreCase).ThenBy(entry => entry.Key.Question, StringComparer.Ordinal)
            .Select(entry => (string[])[entry.Key.Student, entry.Key.Question, GradeTable.Number(entry.Value.Points), entry.Value.Comment]);
        Csv.Write(file, rows.Prepend(Header));
    }

    private static double? Points(string field, double? most, string place)
    {
        if (string.IsNullOrWhiteSpace(field))
        {
            return null;
        }

        var isNumber = double.TryParse(field.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var points);
        return isNumber && points >= 0 && points <= (most ?? double.MaxValue)
            ? points
            : throw new InvalidDataException($"{place}: points {field}: expected a number from 0 to {GradeTable.Number(most)}.");
    }
}

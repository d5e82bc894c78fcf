using System.Text.Json;
using Parquet;
using Parquet.Serialization;
using Vilt.Data;
using Vilt.Results;
using Vilt.Scenes;

namespace Vilt.Notebooks.Results;

/// <summary>One table of all parts of a folder of results, read part by part, in the order of the questions.</summary>
/// <param name="results">The folder.</param>
/// <param name="questions">The questions by their ids; null: only what the folder knows.</param>
/// <param name="masks">What decides the questions; null where that is not known.</param>
internal sealed class ResultTable(StoredResults results, IReadOnlyDictionary<long, VqaExample>? questions, ZooMasks? masks)
{
    private const int RowGroupSize = 16_384;

    /// <summary>Writes the table in Parquet.</summary>
    /// <returns>Rows.</returns>
    /// <exception cref="InvalidDataException">Parts are missing, broken or not complete.</exception>
    public int WriteParquet(string file, CancellationToken cancellation) => results.Command switch
    {
        PredictionRow.Command => WriteParquet<PredictionRow>(file, cancellation),
        ExplanationRow.Command => WriteParquet<ExplanationRow>(file, cancellation),
        var other => throw new InvalidDataException($"These are results of vilt {other}; a table is made of those of vilt predict and vilt attribute."),
    };

    /// <summary>
    /// Writes the answers as the VQA challenge takes them (https://visualqa.org/evaluation.html): a list of question_id and answer. A
    /// question whose picture can't be read has an empty answer, since the challenge expects one for each.
    /// </summary>
    /// <exception cref="InvalidDataException">Parts are missing, broken or not complete.</exception>
    public void WriteSubmission(string file, CancellationToken cancellation) => AtomicFile.Write(file, stream =>
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartArray();
        foreach (var part in results.WholeParts())
        {
            foreach (var row in Rows(part, cancellation))
            {
                Write(row.QuestionId, row.Answer);
            }

            foreach (var id in part.SkippedIds())
            {
                Write(id, "");
            }

            json.Flush();
        }

        json.WriteEndArray();

        void Write(long id, string answer)
        {
            json.WriteStartObject();
            json.WriteNumber("question_id", id);
            json.WriteString("answer", answer);
            json.WriteEndObject();
        }
    });

    private int WriteParquet<T>(string file, CancellationToken cancellation) where T : ResultRow, new()
    {
        var count = 0;
        var options = new ParquetOptions { RowGroupSize = RowGroupSize };
        AtomicFile.Write(file, stream => ParquetSerializer.SerializeAsync(Counted(), stream, options, cancellationToken: cancellation).GetAwaiter().GetResult());
        return count;

        IEnumerable<T> Counted()
        {
            foreach (var row in results.WholeParts().SelectMany(part => Rows(part, cancellation)).Cast<T>())
            {
                count++;
                yield return row;
            }
        }
    }

    private ResultRow[] Rows(ResultPart part, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var rows = results.Rows(part, id => masks?.FindDecidingMask(id));
        if (questions is not null)
        {
            foreach (var row in rows)
            {
                row.Add(questions[row.QuestionId]);
            }
        }

        return rows;
    }
}

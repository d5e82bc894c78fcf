using System.Buffers;
using System.Text;
using Vilt.Data;

namespace Vilt.Notebooks.Grading;

/// <summary>Tables as spreadsheets read and write them: RFC 4180, in UTF-8 with a byte order mark.</summary>
internal static class Csv
{
    private const string FormulaStarts = "=+-@\t\r";
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\"\r\n'");

    /// <summary>
    /// Writes a table. What a spreadsheet would take for a formula, even in a student's name, gets an apostrophe in front.
    /// </summary>
    public static void Write(string file, IEnumerable<IReadOnlyList<string>> rows) => AtomicFile.Write(file, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        foreach (var row in rows)
        {
            writer.WriteLine(string.Join(',', row.Select(Field)));
        }
    });

    /// <summary>Reads a table, with commas or, as some spreadsheets write it, semicolons.</summary>
    /// <exception cref="InvalidDataException">A quoted field has no end.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string file)
    {
        var text = File.ReadAllText(file);
        var separator = text.Split('\n')[0].Contains(';', StringComparison.Ordinal) ? ';' : ',';
        var (rows, row, field, isQuoted) = (new List<IReadOnlyList<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append(text[i++]);
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && (text[i] == separator || text[i] == '\n'))
            {
                row.Add(Plain(field.ToString()));
                field.Clear();
                if (text[i] == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else if (isQuoted || text[i] != '\r')
            {
                field.Append(text[i]);
            }
        }

        if (isQuoted)
        {
            throw new InvalidDataException($"{file} is not a complete table: a quotation mark is not closed.");
        }

        if (field.Length > 0 || row.Count > 0)
        {
            rows.Add([.. row, Plain(field.ToString())]);
        }

        return rows;
    }

    private static string Field(string text)
    {
        var safe = text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(Special) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Plain(string field) =>
        field.Length > 1 && field[0] == '\'' && FormulaStarts.Contains(field[1], StringComparison.Ordinal) ? field[1..] : field;
}

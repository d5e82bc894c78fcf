using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Vilt.Data;

namespace Vilt.Notebooks.Files;

/// <summary>A notebook in nbformat 4. Everything in the file that is not known here is kept as it is.</summary>
/// <remarks>The format: nbformat's "The Notebook file format", and its JSON schema of version 4.5.</remarks>
public sealed class Notebook
{
    private const int Format = 4;
    private const int FormatMinor = 5; // The first with cell ids.

    // As nbformat writes: one space, no escapes for other scripts, a newline at the end.
    private static readonly JsonWriterOptions Layout =
        new() { Indented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 512 };

    private readonly JsonObject json;

    private Notebook(string path, JsonObject json, IReadOnlyList<NotebookCell> cells) => (Path, this.json, Cells) = (path, json, cells);

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The file's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folder that relative paths in the notebook start from.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>All cells, in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The notebook's metadata.</summary>
    public JsonObject Metadata => json["metadata"]!.AsObject();

    /// <summary>Reads a C# notebook and brings it to nbformat 4.5, with an id for every cell.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NotebookException">There is no such file, or it is not a C# notebook of nbformat 4 with cells.</exception>
    public static Notebook Read(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        var json = Parse(path);
        if (Number(json["nbformat"]) is not { } format)
        {
            throw new NotebookException(path, "is not a notebook: it has no number \"nbformat\".");
        }

        if (format != Format)
        {
            throw new NotebookException(path, $"is in nbformat {format}, not {Format}. Convert it: jupyter nbconvert --to notebook.");
        }

        var cells = NotebookCell.ReadAll(path, json);
        json["metadata"] ??= new JsonObject();
        CheckLanguage(path, json);
        json["nbformat_minor"] = Math.Max(FormatMinor, Number(json["nbformat_minor"]) ?? 0);
        return new(path, json, cells);
    }

    /// <summary>A notebook of this one's metadata and other cells.</summary>
    /// <param name="path">Where it will lie; it is not written.</param>
    /// <param name="cells">The cells, which are copied.</param>
    internal Notebook WithCells(string path, IEnumerable<NotebookCell> cells)
    {
        path = System.IO.Path.GetFullPath(path);
        var copy = json.DeepClone().AsObject();
        copy["cells"] = new JsonArray([.. cells.Select(cell => (JsonNode)cell.Copy())]);
        return new(path, copy, NotebookCell.ReadAll(path, copy));
    }

    /// <summary>Writes the notebook. An existing file is replaced in one step.</summary>
    /// <param name="path">The file to write.</param>
    public void Write(string path) => AtomicFile.Write(path, Write);

    /// <summary>Whether a file holds just what <see cref="Write(string)"/> would write.</summary>
    internal bool IsWrittenIn(string path)
    {
        using var written = new MemoryStream();
        Write(written);
        return File.ReadAllBytes(path).AsSpan().SequenceEqual(written.ToArray());
    }

    private void Write(Stream stream)
    {
        using (var writer = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteTo(writer);
        }

        stream.WriteByte((byte)'\n');
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: 0 }) // Pipes and devices are refused too: they might never end.
            {
                throw new NotebookException(path, "is empty; expected a notebook in JSON.");
            }

            var bytes = File.ReadAllBytes(path).AsMemory();
            if (!Utf8.IsValid(bytes.Span))
            {
                throw new NotebookException(path, "is not in UTF-8, as JSON must be.");
            }

            var text = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
            return JsonNode.Parse(LooseJson.Mend(text).Span, documentOptions: Strict) as JsonObject
                ?? throw new NotebookException(path, "is not a notebook: expected a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new NotebookException(
                path, $"is not a complete JSON file: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} can't be read.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException(path, File.Exists(path) ? $"can't be read: {exception.Message}" : "does not exist.");
        }
    }

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static void CheckLanguage(string path, JsonObject json)
    {
        var metadata = json["metadata"] as JsonObject ?? throw new NotebookException(path, "is not a notebook: \"metadata\" is not an object.");
        var language = HostMetadata.LanguageOf(metadata);
        if (!HostMetadata.IsCSharp(language))
        {
            throw new NotebookException(path, $"is a notebook in {language}; only C# notebooks can be used.");
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vilt.Notebooks.Files;

/// <summary>One cell of a notebook, over the JSON it was read from.</summary>
public sealed partial class NotebookCell
{
    private readonly JsonObject json;

    private NotebookCell(JsonObject json, int position) => (this.json, Position) = (json, position);

    /// <summary>The cell's place among all cells, from 1.</summary>
    public int Position { get; }

    /// <summary>The cell's id.</summary>
    public string Id => json["id"]!.GetValue<string>();

    /// <summary>Whether the cell holds code.</summary>
    public bool IsCode => Kind == "code";

    /// <summary>Whether the cell holds Markdown.</summary>
    public bool IsMarkdown => Kind == "markdown";

    /// <summary>The cell's text, lines ended by "\n".</summary>
    public string Source
    {
        get => MultilineText.Read(json["source"]!);
        set => json["source"] = MultilineText.Write(value);
    }

    /// <summary>Whether there is something to run.</summary>
    public bool IsRunnable => IsCode && !IsSkipped && !string.IsNullOrWhiteSpace(Source);

    /// <summary>Whether the cell is meant to fail, as its tag <c>raises-exception</c> says.</summary>
    public bool MayFail => HasTag("raises-exception");

    /// <summary>Whether to skip the cell and keep its outputs, as its tag <c>skip-execution</c> says.</summary>
    public bool IsSkipped => HasTag("skip-execution");

    /// <summary>The cell's metadata.</summary>
    public JsonObject Metadata => json["metadata"]!.AsObject();

    /// <summary>Pictures pasted into a Markdown cell, by name and MIME type, if there are any.</summary>
    public JsonObject? Attachments => json["attachments"] as JsonObject;

    /// <summary>A code cell's outputs.</summary>
    public JsonArray Outputs => json["outputs"]!.AsArray();

    /// <summary>A code cell's execution count; null if it did not run.</summary>
    public int? ExecutionCount
    {
        get => json["execution_count"] is JsonValue value && value.TryGetValue(out int count) ? count : null;
        set => json["execution_count"] = value;
    }

    private string Kind => json["cell_type"]!.GetValue<string>();

    private bool HasTag(string name) => Metadata["tags"] is JsonArray tags && tags.Any(tag => tag?.ToString() == name);

    /// <summary>Returns a code cell to the state before it ran.</summary>
    public void Clear()
    {
        if (IsCode)
        {
            json["execution_count"] = null;
            json["outputs"] = new JsonArray();
        }
    }

    /// <summary>The cell's JSON, to be put into another notebook.</summary>
    internal JsonObject Copy() => json.DeepClone().AsObject();

    /// <summary>A cell that can be changed without changing this one.</summary>
    internal NotebookCell Clone() => new(Copy(), Position);

    internal static IReadOnlyList<NotebookCell> ReadAll(string path, JsonObject notebook)
    {
        if (notebook["cells"] is not JsonArray { Count: > 0 } array)
        {
            throw new NotebookException(path, "has no cells; expected a list \"cells\" with at least one cell.");
        }

        HashSet<string> ids = [];
        return [.. array.Select((cell, i) => Read(path, cell, i + 1, ids))];
    }

    private static NotebookCell Read(string path, JsonNode? node, int position, HashSet<string> ids)
    {
        NotebookException Bad(string problem) => new(path, $"has a bad cell {position}: {problem}");
        var json = node as JsonObject ?? throw Bad("expected a JSON object.");
        if (json["cell_type"]?.ToString() is not ("code" or "markdown" or "raw"))
        {
            throw Bad("\"cell_type\" must be code, markdown or raw.");
        }

        if (!MultilineText.IsText(json["source"]))
        {
            throw Bad("\"source\" must be a string or a list of strings.");
        }

        json["metadata"] ??= new JsonObject();
        if (json["metadata"] is not JsonObject metadata)
        {
            throw Bad("\"metadata\" must be an object.");
        }

        if (json["id"] is { } id && (id is not JsonValue value || !value.TryGetValue(out string? _)))
        {
            throw Bad("\"id\" must be a string.");
        }

        json["id"] = LastingId(json, position, ids);
        return ReadKind(new NotebookCell(json, position), json, metadata, Bad);
    }

    private static NotebookCell ReadKind(NotebookCell cell, JsonObject json, JsonObject metadata, Func<string, NotebookException> bad)
    {
        if (!cell.IsCode)
        {
            return cell;
        }

        if (HostMetadata.LanguageOfCell(metadata) is { } language && !HostMetadata.IsCSharp(language))
        {
            throw bad($"it is in {language}; only C# can be run.");
        }

        json.TryAdd("execution_count", null);
        json["outputs"] ??= new JsonArray();
        return json["outputs"] is JsonArray ? cell : throw bad("\"outputs\" must be a list.");
    }

    /// <summary>
    /// The cell's id. Cells older than nbformat 4.5, and those whose id is another cell's or is not allowed by nbformat, get one that is
    /// the same every time the file is read.
    /// </summary>
    private static string LastingId(JsonObject json, int position, HashSet<string> taken)
    {
        if (json["id"]?.GetValue<string>() is { } own && AllowedId().IsMatch(own) && taken.Add(own))
        {
            return own;
        }

        for (var salt = $"{position}\n{json["source"]}"; ; salt += "\n")
        {
            var made = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt)))[..8];
            if (taken.Add(made))
            {
                return made;
            }
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex AllowedId();
}

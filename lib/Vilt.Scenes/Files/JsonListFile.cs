using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vilt.Scenes.Files;

/// <summary>A JSON object with VQAv2's header and one long list, written item by item.</summary>
internal sealed class JsonListFile : IDisposable
{
    private const int FlushBytes = 1 << 16;

    private readonly FileStream _stream;
    private readonly Utf8JsonWriter _json;

    /// <param name="path">The file, which is replaced.</param>
    /// <param name="taskType">VQAv2's task type, which only questions have; null for none.</param>
    /// <param name="list">Name of the list.</param>
    public JsonListFile(string path, string? taskType, string list)
    {
        _stream = File.Create(path);
        _json = new Utf8JsonWriter(_stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        WriteHeader(taskType);
        _json.WriteStartArray(list);
    }

    public void Add(Action<Utf8JsonWriter> writeItem)
    {
        writeItem(_json);
        if (_json.BytesPending > FlushBytes)
        {
            _json.Flush();
        }
    }

    /// <summary>Closes list and object; a file that was not completed is no valid JSON.</summary>
    public void Complete()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Dispose()
    {
        _json.Dispose();
        _stream.Dispose();
    }

    private void WriteHeader(string? taskType)
    {
        _json.WriteStartObject("info");
        _json.WriteString("description", "The Zoo: drawn pictures with questions and answers in VQAv2's format");
        _json.WriteString("url", "");
        _json.WriteString("version", Zoo.Version.ToString());
        _json.WriteNumber("year", 2026);
        _json.WriteString("contributor", "Vilt Notebooks");
        _json.WriteString("date_created", "2026-01-01 00:00:00"); // fixed: the same seed gives the same bytes
        _json.WriteEndObject();
        if (taskType is not null)
        {
            _json.WriteString("task_type", taskType);
        }
        _json.WriteString("data_type", "mscoco");
        _json.WriteStartObject("license");
        _json.WriteString("url", "");
        _json.WriteString("name", "MIT License");
        _json.WriteEndObject();
        _json.WriteString("data_subtype", "val2014");
    }
}

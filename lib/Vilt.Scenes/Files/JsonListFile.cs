using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vilt.Scenes.Files;

/// <summary>A JSON object with VQAv2's header and one long list, written item by item.</summary>
internal sealed class JsonListFile : IDisposable
{
    private const int FlushBytes = 1 << 16;

    private readonly FileStream stream;
    private readonly Utf8JsonWriter json;

    /// <param name="path">The file, which is replaced.</param>
    /// <param name="taskType">VQAv2's task type, which only questions have; null for none.</param>
    /// <param name="list">Name of the list.</param>
    public JsonListFile(string path, string? taskType, string list)
    {
        stream = File.Create(path);
        json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        WriteHeader(taskType);
        json.WriteStartArray(list);
    }

    public void Add(Action<Utf8JsonWriter> writeItem)
    {
        writeItem(json);
        if (json.BytesPending > FlushBytes)
        {
            json.Flush();
        }
    }

    /// <summary>Closes list and object; a file that was not completed is not valid JSON.</summary>
    public void Complete()
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    public void Dispose()
    {
        json.Dispose();
        stream.Dispose();
    }

    private void WriteHeader(string? taskType)
    {
        json.WriteStartObject("info");
        json.WriteString("description", "The Zoo: drawn pictures with questions and answers in VQAv2's format");
        json.WriteString("url", "");
        json.WriteString("version", Zoo.Version.ToString());
        json.WriteNumber("year", 2026);
        json.WriteString("contributor", "Vilt Notebooks");
        json.WriteString("date_created", "2026-01-01 00:00:00"); // fixed: the same seed gives the same bytes
        json.WriteEndObject();
        if (taskType is not null)
        {
            json.WriteString("task_type", taskType);
        }

        json.WriteString("data_type", "mscoco");
        json.WriteStartObject("license");
        json.WriteString("url", "");
        json.WriteString("name", "MIT License");
        json.WriteEndObject();
        json.WriteString("data_subtype", "val2014");
    }
}

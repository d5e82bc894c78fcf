using System.Text.Encodings.Web;
using System.Text.Json;
using Vilt.Data;

namespace Vilt.Model;

/// <summary><c>config.json</c> on disk.</summary>
internal static class ViltConfigFile
{
    internal const string Name = "config.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, not a page: answers stay readable
    };

    internal static ViltConfig Read(string folderOrFile)
    {
        var file = Directory.Exists(folderOrFile) ? Path.Combine(folderOrFile, Name) : folderOrFile;
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"There is no {file}. A checkpoint folder in Hugging Face's layout holds a {Name}.", file);
        }

        try
        {
            using var stream = File.OpenRead(file);
            var config = JsonSerializer.Deserialize<ViltConfig>(stream, Format)
                ?? throw new InvalidDataException($"{file} holds null; expected an object with the model's configuration.");
            config.Validate();
            return config;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file} is not a valid model configuration: {error.Message}", error);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{file}: {error.Message}", error);
        }
    }

    internal static void Write(ViltConfig config, string file)
    {
        config.Validate();
        AtomicFile.Write(file, stream =>
        {
            JsonSerializer.Serialize(stream, config, Format);
            stream.WriteByte((byte)'\n');
        });
    }
}

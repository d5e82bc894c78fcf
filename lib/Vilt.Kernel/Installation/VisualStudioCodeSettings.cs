using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vilt.Kernel.Installation;

/// <summary>
/// The user's VS Code settings. A workspace's settings do not count for what its Jupyter extension asks a kernel. The file may have
/// comments; they stay, since additions are written into the text.
/// </summary>
internal sealed class VisualStudioCodeSettings
{
    private const string Triggers = "jupyter.completionTriggerCharacters";
    private const string Language = "csharp";
    private const string Characters = "[\".\"]";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonReaderOptions LenientReading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string text;
    private readonly JsonObject settings;

    private VisualStudioCodeSettings(string file, string text, JsonObject settings) => (File, this.text, this.settings) = (file, text, settings);

    /// <summary>The setting, as it is written.</summary>
    public static string TriggerSetting => $"\"{Triggers}\": {{ \"{Language}\": {Characters} }}";

    /// <summary>The file, which may not be there yet.</summary>
    public string File { get; }

    /// <summary>Whether the extension asks the kernel for C# completions, which it does only with characters that trigger them.</summary>
    public bool HasTriggers => settings[Triggers] is JsonObject languages && languages[Language] is JsonArray { Count: > 0 };

    /// <summary>The editor that opens notebooks; null for VS Code's own choice.</summary>
    public string? NotebookEditor => settings["workbench.editorAssociations"]?["*.ipynb"]?.ToString();

    /// <summary>Reads the settings; there are none where there is no file.</summary>
    /// <exception cref="InstallationException">The file is not JSON, or not an object.</exception>
    public static VisualStudioCodeSettings Read()
    {
        var applications = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var file = Path.Combine(applications, "Code", "User", "settings.json");
        var text = System.IO.File.Exists(file) ? System.IO.File.ReadAllText(file) : "";
        try
        {
            var settings = string.IsNullOrWhiteSpace(text) ? [] : JsonNode.Parse(text, documentOptions: Lenient) as JsonObject;
            return new(file, text, settings ?? throw new JsonException("an object in braces was expected"));
        }
        catch (JsonException exception)
        {
            throw new InstallationException($"{file} cannot be read: {exception.Message} Open it in VS Code, which shows what is wrong.");
        }
    }

    /// <summary>Adds the characters that trigger a C# completion. Everything else in the file stays as it is.</summary>
    /// <exception cref="InstallationException">The file has another value for this setting.</exception>
    public void AddTriggers()
    {
        if (HasTriggers)
        {
            return;
        }

        if (settings[Triggers] is { } there && there is not JsonObject || settings[Triggers]?[Language] is not null)
        {
            throw new InstallationException($"{File} has another \"{Triggers}\". Change it there to: {TriggerSetting}");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        var beside = File + ".part";
        System.IO.File.WriteAllText(beside, WithTriggers());
        System.IO.File.Move(beside, File, overwrite: true);
    }

    private string WithTriggers()
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"{{\n    {TriggerSetting}\n}}\n";
        }

        return settings[Triggers] is JsonObject languages
            ? Inserted(AfterBrace(Triggers), $" \"{Language}\": {Characters}{(languages.Count > 0 ? "," : " ")}")
            : Inserted(AfterBrace(of: null), $"\n    {TriggerSetting}{(settings.Count > 0 ? "," : "\n")}");
    }

    private string Inserted(int byteOffset, string addition)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetString(bytes, 0, byteOffset) + addition + Encoding.UTF8.GetString(bytes, byteOffset, bytes.Length - byteOffset);
    }

    /// <summary>Where the object of a setting, or the whole file's, begins, in bytes.</summary>
    private int AfterBrace(string? of)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), LenientReading);
        while (reader.Read())
        {
            if (of is null && reader.TokenType == JsonTokenType.StartObject)
            {
                return (int)reader.BytesConsumed;
            }

            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals(of))
            {
                reader.Read();
                return (int)reader.BytesConsumed;
            }
        }

        throw new InvalidOperationException("The settings hold no such object.");
    }
}

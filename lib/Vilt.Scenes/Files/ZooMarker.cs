using System.Text.Json;

namespace Vilt.Scenes.Files;

/// <summary>The content of <c>zoo.json</c>, which is written last: how this data set was drawn.</summary>
internal sealed record ZooMarker(int Version, int Pictures, int Seed)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
    };

    /// <returns>Null if there is none, or it can't be read.</returns>
    public static ZooMarker? Read(string folder)
    {
        var path = Path.Combine(folder, ZooFiles.Marker);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<ZooMarker>(File.ReadAllText(path), Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(string folder) =>
        File.WriteAllText(Path.Combine(folder, ZooFiles.Marker), JsonSerializer.Serialize(this, Options) + "\n");
}

using System.Text.Json;

namespace Vilt.Scenes.Files;

/// <summary>What <c>zoo.json</c> says, which is written last: how this data set was drawn.</summary>
internal sealed record ZooMarker(int Version, int Pictures, int Seed)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
    };

    /// <returns>Null where there is none, or none that can be read.</returns>
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

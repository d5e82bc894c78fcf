using System.Text.Json.Nodes;

namespace Vilt.Processing;

/// <summary>Reads and writes <c>preprocessor_config.json</c> as transformers does.</summary>
internal static class PreprocessorConfig
{
    private const string FileName = "preprocessor_config.json";
    private const int Bicubic = 3; // PIL.Image.Resampling.BICUBIC

    public static ViltImageProcessor Read(string folder)
    {
        var file = ConfigFile.Read(Path.Combine(folder, FileName));
        foreach (var step in (string[])["do_resize", "do_rescale", "do_normalize", "do_pad"])
        {
            file.Value(step, fallback: true, "true: ViLT's pictures need every step", on => on);
        }

        file.Value("resample", Bicubic, $"{Bicubic}, bicubic", value => value == Bicubic);
        var standard = new ViltImageProcessor();
        return new ViltImageProcessor
        {
            ShortestEdge = ShortestEdge(file, standard.ShortestEdge),
            SizeDivisor = file.Value("size_divisor", standard.SizeDivisor, "a whole number of 1 or more", value => value > 0),
            RescaleFactor = file.Value("rescale_factor", standard.RescaleFactor, "a number above 0", value => value > 0),
            ImageMean = Channels(file, "image_mean", standard.ImageMean, float.IsFinite),
            ImageStd = Channels(file, "image_std", standard.ImageStd, value => value > 0),
        };
    }

    public static void Write(ViltImageProcessor processor, string folder) => ConfigFile.Write(Path.Combine(folder, FileName), new JsonObject
    {
        ["do_normalize"] = true,
        ["do_pad"] = true,
        ["do_rescale"] = true,
        ["do_resize"] = true,
        ["image_mean"] = new JsonArray([.. processor.ImageMean.Select(value => JsonValue.Create(value))]),
        ["image_processor_type"] = nameof(ViltImageProcessor),
        ["image_std"] = new JsonArray([.. processor.ImageStd.Select(value => JsonValue.Create(value))]),
        ["processor_class"] = nameof(ViltProcessor),
        ["resample"] = Bicubic,
        ["rescale_factor"] = processor.RescaleFactor,
        ["size"] = new JsonObject { ["shortest_edge"] = processor.ShortestEdge },
        ["size_divisor"] = processor.SizeDivisor,
    });

    // Older files hold the number itself, newer ones an object.
    private static int ShortestEdge(ConfigFile file, int fallback)
    {
        var size = file["size"];
        if (size is null)
        {
            return fallback;
        }

        var edge = size is JsonObject sides ? sides["shortest_edge"] : size;
        return edge is JsonValue value && value.TryGetValue(out int length) && length > 0
            ? length
            : throw file.Wrong("size", "{\"shortest_edge\": pixels}");
    }

    private static IReadOnlyList<float> Channels(ConfigFile file, string field, IReadOnlyList<float> fallback, Predicate<float> holds)
    {
        if (file[field] is not JsonNode node)
        {
            return fallback;
        }

        List<float> values = [];
        foreach (var item in node as JsonArray ?? [])
        {
            if (item is JsonValue value && value.TryGetValue(out float number) && holds(number))
            {
                values.Add(number);
            }
        }

        return node is JsonArray { Count: 3 } && values.Count == 3 ? values : throw file.Wrong(field, "three numbers, for red, green and blue");
    }
}

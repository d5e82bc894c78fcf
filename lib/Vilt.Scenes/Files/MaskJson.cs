using System.Text.Json;
using Vilt.Scenes.Composition;
using Vilt.Scenes.Rendering;

namespace Vilt.Scenes.Files;

/// <summary>
/// One picture's entry in the masks file: its objects with bounding box and COCO's uncompressed run lengths (column by column,
/// outside first), and for each question the ids of the objects that decide it. <see cref="ZooMasks"/> reads it.
/// </summary>
internal static class MaskJson
{
    public static void Write(Utf8JsonWriter json, DrawnPicture picture)
    {
        json.WriteStartObject();
        json.WriteNumber("image_id", picture.ImageId);
        json.WriteString("file_name", ZooFiles.PictureName(picture.ImageId));
        json.WriteNumber("width", picture.Rendered.Width);
        json.WriteNumber("height", picture.Rendered.Height);
        json.WriteStartArray("objects");
        foreach (var mask in picture.Masks)
        {
            WriteObject(json, picture.Scene.Objects[mask.Id - 1], mask);
        }

        json.WriteEndArray();
        json.WriteStartArray("questions");
        for (var number = 0; number < picture.Questions.Count; number++)
        {
            json.WriteStartObject();
            json.WriteNumber("question_id", picture.QuestionId(number));
            json.WriteNumber("image_id", picture.ImageId);
            json.WriteString("kind", Snake(picture.Questions[number].Question.Kind.ToString()));
            WriteNumbers(json, "object_ids", picture.Questions[number].Question.ObjectIds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, SceneObject shown, ObjectMask mask)
    {
        json.WriteStartObject();
        json.WriteNumber("id", mask.Id);
        json.WriteString("kind", Snake(shown.Kind.ToString()));
        json.WriteString("name", shown.Name);
        json.WriteString("color", shown.Color);
        WriteNumbers(json, "bbox", [mask.X, mask.Y, mask.Width, mask.Height]);
        WriteNumbers(json, "counts", mask.Counts);
        json.WriteEndObject();
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}

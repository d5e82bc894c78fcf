using System.Text.Json;
using Vilt.Data;
using Vilt.Pipelines;

namespace Vilt.Results;

/// <summary>What a folder of results is to hold once it is complete, kept in its <c>plan.json</c>.</summary>
/// <param name="Questions">How many questions.</param>
/// <param name="PartSize">Questions in a part.</param>
/// <param name="PatchSize">Side of the model's patches in pixels.</param>
/// <param name="Answers">The model's answers, by their ids.</param>
public sealed record ResultPlan(int Questions, int PartSize, int PatchSize, IReadOnlyList<string> Answers)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The plan of a run with a model.</summary>
    public static ResultPlan Of(VqaPipeline vqa, int questions, int partSize) =>
        new(questions, partSize, vqa.Model.Config.PatchSize, vqa.Answers.Answers);

    /// <summary>How many parts that makes.</summary>
    public int PartCount => (Questions + PartSize - 1) / PartSize;

    /// <summary>How many questions a part has.</summary>
    public int QuestionsOf(int part) => Math.Min(PartSize, Questions - part * PartSize);

    /// <summary>Keeps it. Where an earlier run had a larger limit, that one's stays.</summary>
    public void Keep(string folder)
    {
        var path = PathIn(folder);
        AtomicFile.WriteIfMissing(path, Write);
        if (Read(folder).Questions < Questions)
        {
            AtomicFile.Write(path, Write);
        }

        void Write(Stream stream) => JsonSerializer.Serialize(stream, this, Json);
    }

    /// <summary>Reads the plan of a folder.</summary>
    /// <exception cref="FileNotFoundException">It has none.</exception>
    /// <exception cref="InvalidDataException">It can't be read.</exception>
    public static ResultPlan Read(string folder)
    {
        var path = PathIn(folder);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} does not exist: expected a folder that vilt predict or vilt attribute wrote.", path);
        }

        try
        {
            var plan = JsonSerializer.Deserialize<ResultPlan>(File.ReadAllText(path), Json);
            return plan is { Questions: >= 0, PartSize: > 0, PatchSize: > 0 } ? plan : throw new JsonException("expected sizes above 0.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message} Delete it: the command that wrote the results writes it again.", error);
        }
    }

    private static string PathIn(string folder) => Path.Combine(folder, "plan.json");
}

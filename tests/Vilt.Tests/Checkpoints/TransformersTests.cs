using System.Diagnostics;
using System.Text.Json.Nodes;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Tests.Checkpoints;

/// <summary>What is saved here opens in transformers and the reverse, where <c>VILT_TRANSFORMERS</c> names a Python that has it, torch and Pillow.</summary>
public sealed class TransformersTests : IDisposable
{
    private const string Question = "how many zebras are on the picture?";

    private static readonly string Picture = Path.Combine(Goldens.RepositoryFolder(), "assets", "zebra.png");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData("tiny"), InlineData("b32")]
    public async Task A_saved_checkpoint_gives_the_same_logits_there(string shape)
    {
        Skip();
        var (config, processor) = Shape(shape);
        using var scope = NewDisposeScope();
        using var model = new ViltForQuestionAnswering(config, seed: 1);
        Randomize(model);
        ViltCheckpoint.Save(folder.Path, model, processor);
        var opened = await OpenAsync();
        model.eval();
        var batch = Collator.Collate([processor.Encode(RgbImage.Read(Picture), Question)]);
        Assert.Equal(Numbers<long>(opened["input_ids"]), batch.InputIds.data<long>().ToArray());
        Assert.Equal(Numbers<long>(opened["pixel_shape"]), batch.PixelValues.shape);
        Assert.Equal(opened["answers"]!.AsArray().Select(answer => $"{answer}"), config.Answers);
        Assert.Empty(opened["missing_keys"]!.AsArray());
        Assert.Empty(opened["unexpected_keys"]!.AsArray());
        AssertSameLogits(opened, model, batch);
    }

    [Theory, InlineData("tiny"), InlineData("b32")]
    public async Task A_checkpoint_saved_there_gives_the_same_logits_here_from_either_file(string shape)
    {
        Skip();
        var (config, processor) = Shape(shape);
        using (var model = new ViltForQuestionAnswering(config, seed: 1))
        {
            Randomize(model);
            ViltCheckpoint.Save(folder.Path, model, processor);
        }

        var opened = await OpenAsync();
        foreach (var other in new[] { "pytorch_model.bin", "model.safetensors" })
        {
            File.Move(Path.Combine(Copy, other), folder[other], overwrite: true);
            using var scope = NewDisposeScope();
            var copy = ViltCheckpoint.From(Copy);
            var (model, report) = copy.QuestionAnswering();
            using (model)
            {
                Assert.True(report.IsComplete, report.ToString());
                AssertSameLogits(opened, model, Collator.Collate([copy.Processor().Encode(RgbImage.Read(Picture), Question)]));
            }

            File.Move(folder[other], Path.Combine(Copy, other));
        }
    }

    [Theory, InlineData("tiny"), InlineData("b32")]
    public async Task A_body_under_a_new_head_is_reported_as_there(string shape)
    {
        Skip();
        var (config, processor) = Shape(shape);
        using (var body = new ViltForMaskedLM(config, seed: 1))
        {
            ViltCheckpoint.Save(folder.Path, body, processor);
        }

        var opened = await OpenAsync();
        var (model, report) = ViltCheckpoint.From(folder.Path).QuestionAnswering(config.Answers);
        model.Dispose();
        Assert.NotEmpty(report.NewlyInitialized);
        Assert.Equal(opened["missing_keys"]!.AsArray().Select(key => $"{key}"), report.NewlyInitialized);
        Assert.Equal(opened["unexpected_keys"]!.AsArray().Select(key => $"{key}"), report.Unused);
    }

    /// <summary>Where transformers saves what it opened.</summary>
    private string Copy => folder["copy"];

    private static string? Python => Environment.GetEnvironmentVariable("VILT_TRANSFORMERS");

    private static void Skip() => Assert.SkipWhen(Python is null, "VILT_TRANSFORMERS names no Python.");

    private static void AssertSameLogits(JsonNode opened, ViltForQuestionAnswering model, ViltBatch batch)
    {
        using var noGradients = no_grad();
        float[] logits = Numbers<float>(opened["logits"]), ours = model.forward(batch).Logits.data<float>().ToArray();
        Assert.True(logits.Max() - logits.Min() > 1, "The logits are too much alike to tell anything.");
        Assert.All(logits.Zip(ours), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    private (ViltConfig Config, ViltProcessor Processor) Shape(string shape)
    {
        var golden = Goldens.PathOf("model", "tiny", "checkpoint");
        if (shape == "tiny")
        {
            return (ViltConfig.Read(golden), ViltProcessor.Read(golden));
        }

        File.Copy(Goldens.PathOf("tokenizer", "vocab.txt"), folder["vocab.txt"]);
        File.WriteAllText(folder["preprocessor_config.json"], """{"size": {"shortest_edge": 384}, "size_divisor": 32}""");
        return (new ViltConfig { Id2Label = [.. Enumerable.Range(0, 3129).Select(id => $"answer {id}")] }, ViltProcessor.Read(folder.Path));
    }

    /// <summary>Fresh weights give logits that hardly differ.</summary>
    private static void Randomize(ViltForQuestionAnswering model)
    {
        using var noGradients = no_grad();
        using var generator = new Generator(1); // By the shared one, some runs' logits would hardly differ all the same.
        foreach (var (name, weight) in model.state_dict())
        {
            if (name.StartsWith("classifier", StringComparison.Ordinal))
            {
                weight.normal_(0, 0.5, generator);
            }
        }
    }

    private async Task<JsonNode> OpenAsync()
    {
        var script = Path.Combine(Goldens.RepositoryFolder(), "tests", "Vilt.Tests", "Checkpoints", "open_checkpoint.py");
        var start = new ProcessStartInfo(Python!, ["-W", "ignore", script, folder.Path, Picture, Question, Copy]) { RedirectStandardOutput = true };
        start.Environment["HF_HUB_OFFLINE"] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!;
    }

    private static T[] Numbers<T>(JsonNode? list) => [.. list!.AsArray().Select(number => number!.GetValue<T>())];
}

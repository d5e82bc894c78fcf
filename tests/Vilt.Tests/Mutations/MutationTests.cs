using System.Globalization;
using Vilt.Checkpoints;
using Vilt.Checkpoints.Pickle;
using Vilt.Data;
using Vilt.Processing;

namespace Vilt.Tests.Mutations;

/// <summary>
/// Damaged files of every kind give one clear error or load rightly: no crash, no hang, no runaway memory. <c>VILT_MUTATIONS</c>
/// says how many of each to try; a crash leaves the seed in <c>artifacts/mutation.txt</c> of the test's folder.
/// </summary>
public sealed class MutationTests : IDisposable
{
    private const long MostAllocated = 1L << 28, MostGrowth = 1L << 30; // bytes: of one case, and of the process over all
    private const int LongestCase = 60; // seconds; a case takes some thousandths, so this is a hang

    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("VILT_MUTATIONS") ?? "100", CultureInfo.InvariantCulture);

    private static readonly string Checkpoint = Goldens.PathOf("model", "tiny", "checkpoint");

    private readonly TemporaryFolder folder = TemporaryFolder.CopyOf(Checkpoint);

    /// <summary>Kinds of files with seeds that once gave another error than a clear one.</summary>
    public static TheoryData<string, int> Failed => new()
    {
        // model_max_length, which is also the length of every encoded text, was 2147483647
        { "tokenizer_config.json", 1337 }, { "tokenizer_config.json", 4567 }, { "tokenizer_config.json", 8760 }, { "tokenizer_config.json", 9552 },
    };

    public static TheoryData<string> Kinds => [.. Files.Keys.Order()];

    private static Dictionary<string, (string Source, Action<MutationTests, string> Load)> Files
    {
        get
        {
            Dictionary<string, (string, Action<MutationTests, string>)> files = new()
            {
                ["model.safetensors"] = (Path.Combine(Checkpoint, "model.safetensors"), (test, _) => test.LoadModel(without: "pytorch_model.bin")),
                ["pytorch_model.bin"] = (Path.Combine(Checkpoint, "pytorch_model.bin"), (test, _) => test.LoadModel(without: "model.safetensors")),
                ["state-dict.bin"] = (Goldens.PathOf("pickle", "protocol-4.bin"), (_, path) => ReadAll(path)),
                ["config.json"] = (Path.Combine(Checkpoint, "config.json"), (test, _) => test.LoadModel(without: "pytorch_model.bin")),
                ["questions.json"] = (Goldens.PathOf("data", "v2_OpenEnded_mscoco_val2014_questions.json"), (_, path) => VqaQuestionFile.Read(path)),
                ["annotations.json"] = (Goldens.PathOf("data", "v2_mscoco_val2014_annotations.json"), (_, path) => VqaAnnotationFile.Read(path)),
            };
            foreach (var file in new[] { "vocab.txt", "tokenizer_config.json", "special_tokens_map.json", "preprocessor_config.json" })
            {
                files[file] = (Path.Combine(Checkpoint, file), (test, _) => test.Encode());
            }

            foreach (var picture in Directory.GetFiles(Goldens.PathOf("processor", "pictures")))
            {
                if (new FileInfo(picture).Length < 100_000)
                {
                    files[Path.GetFileName(picture)] = (picture, (_, path) => RgbImage.Read(path));
                }
            }

            return files;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_damaged_file_is_a_clear_error_or_loads(string kind)
    {
        var before = Environment.WorkingSet;
        List<int> failed = [];
        var first = "";
        for (var seed = 0; seed < Count; seed++)
        {
            if (await ProblemAsync(kind, seed) is not string problem)
            {
                continue;
            }

            if (failed.Count == 0)
            {
                first = problem;
            }

            failed.Add(seed);
        }

        Assert.True(failed.Count == 0, $"{kind}: seeds {string.Join(", ", failed.Take(50))}; of the first: {first}");
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, MostGrowth);
    }

    [Theory, MemberData(nameof(Failed))]
    public async Task What_once_failed_does_not_fail_again(string kind, int seed) => Assert.Null(await ProblemAsync(kind, seed));

    /// <summary>What is wrong with how a damaged file is read, or null.</summary>
    private async Task<string?> ProblemAsync(string kind, int seed)
    {
        var (source, load) = Files[kind];
        var path = folder[kind];
        File.WriteAllBytes(path, Mutation.Of(File.ReadAllBytes(source), seed));
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "mutation.txt"), $"{kind} {seed}");
        var allocated = GC.GetTotalAllocatedBytes();
        var error = await Record.ExceptionAsync(() => Task.Run(() => load(this, path)).WaitAsync(TimeSpan.FromSeconds(LongestCase)));
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        if (allocated > MostAllocated)
        {
            return $"{allocated >> 20} MiB allocated";
        }

        if (error is null)
        {
            return null;
        }

        return error is InvalidDataException or FileNotFoundException && (error.Message.Contains(kind, StringComparison.Ordinal) || error.Message.Contains(folder.Path, StringComparison.Ordinal))
            ? null
            : error.ToString();
    }

    private void LoadModel(string without)
    {
        File.Delete(folder[without]);
        ViltCheckpoint.From(folder.Path).QuestionAnswering().Model.Dispose();
    }

    private void Encode()
    {
        var processor = ViltProcessor.Read(folder.Path);
        processor.Tokenizer.Encode("what color is the zebra", processor.Tokenizer.ModelMaxLength);
    }

    private static void ReadAll(string path)
    {
        using var file = PyTorchFile.Open(path);
        foreach (var name in file.Names)
        {
            var count = file.ShapeOf(name).Aggregate(1L, (product, side) => product * side);
            if (count > 1 << 20)
            {
                continue; // a model's own shape would have refused it
            }

            using var target = TorchSharp.torch.empty([.. file.ShapeOf(name)]);
            file.ReadInto(name, target);
        }
    }
}

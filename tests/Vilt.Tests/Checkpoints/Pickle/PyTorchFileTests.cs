using TorchSharp;
using Vilt.Checkpoints;
using Vilt.Checkpoints.Pickle;
using Vilt.Model;
using Vilt.Tests.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Checkpoints.Pickle;

public sealed class PyTorchFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>State dicts that PyTorch wrote, each beside the same tensors in safetensors.</summary>
    public static TheoryData<string> Pairs => [.. Directory.GetFiles(Goldens.PathOf("pickle"), "*.safetensors").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    public static TheoryData<string> Checkpoints => [.. Directory.GetDirectories(Goldens.PathOf("model"))
        .Where(folder => File.Exists(Path.Combine(folder, "checkpoint", "pytorch_model.bin"))).Select(folder => Path.GetFileName(folder)).Order()];

    [Theory, MemberData(nameof(Pairs))]
    public void Reads_what_PyTorch_wrote_with_shared_storages_strides_and_all_types(string name)
    {
        using var scope = NewDisposeScope();
        using var expected = Safetensors.Open(Goldens.PathOf("pickle", name + ".safetensors"));
        using var actual = PyTorchFile.Open(Goldens.PathOf("pickle", name + ".bin"));
        Assert.Equal(expected.Names, actual.Names.Order(StringComparer.Ordinal));
        foreach (var tensor in expected.Names)
        {
            Tensor right = expected.Read(tensor), read = empty_like(right), other = zeros(right.shape, ScalarType.Float64);
            Assert.Equal(expected.ShapeOf(tensor), actual.ShapeOf(tensor));
            actual.ReadInto(tensor, read);
            actual.ReadInto(tensor, other);
            Assert.True(right.Equals(read), tensor);
            Assert.True(right.to(ScalarType.Float64).Equals(other), tensor);
        }
    }

    [Theory, MemberData(nameof(Checkpoints))]
    public void A_checkpoint_has_the_same_weights_in_either_file(string name)
    {
        using var pickled = TemporaryFolder.CopyOf(Golden.Checkpoint(name), except: "model.safetensors");
        using var scope = NewDisposeScope();
        using nn.Module one = Load(Golden.Checkpoint(name), out var expected), other = Load(pickled.Path, out var report);
        Assert.Equal(expected.ToString(), report.ToString());
        Assert.All(one.state_dict(), pair => Assert.True(pair.Value.Equals(other.state_dict()[pair.Key]), pair.Key));
    }

    [Fact]
    public void Reads_what_the_tests_own_writer_wrote()
    {
        // So that the refusals below are of what they say, and not of the writer's mistakes.
        folder.Write("file", TorchSave.SixFloats(count: 6, offset: 1, shape: [2, 2], strides: [1, 2]));
        using var file = PyTorchFile.Open(folder["file"]);
        using var read = zeros(2, 2);
        file.ReadInto("x", read);
        Assert.Equal([1, 3, 2, 4], read.data<float>());
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        folder.Write("file", TorchSave.SixFloats(count: 6, offset: 0, shape: [2, 2], strides: [1, 2]));
        using (var file = PyTorchFile.Open(folder["file"]))
        using (var target = zeros(2, 2))
        {
            file.ReadInto("x", target);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    private static nn.Module Load(string checkpoint, out LoadingReport report)
    {
        var opened = ViltCheckpoint.From(checkpoint);
        var isMaskedLM = opened.Config.Architectures.Contains(nameof(ViltForMaskedLM));
        (var model, report) = isMaskedLM ? ((nn.Module, LoadingReport))opened.MaskedLM() : opened.QuestionAnswering();
        return model;
    }
}

using TorchSharp;
using Vilt.Checkpoints;
using static TorchSharp.torch;

namespace Vilt.Tests.Model;

/// <summary>Checkpoints, inputs and outputs of the reference, and how close to them is right.</summary>
internal static class Golden
{
    internal const double Precision = 1e-4;

    /// <summary>The cases under <c>model</c> that hold inputs and outputs.</summary>
    internal static IEnumerable<string> ModelCases => CasesWith("outputs.safetensors");

    /// <summary>The cases whose <c>loading.json</c> says what the reference reports on loading a body under a new head.</summary>
    internal static IEnumerable<string> Bodies => CasesWith("loading.json");

    internal static string Checkpoint(string name) => Goldens.PathOf("model", name, "checkpoint");

    /// <summary>Every tensor of a file; the caller's dispose scope owns them.</summary>
    internal static Dictionary<string, Tensor> Tensors(params string[] path)
    {
        using var file = Safetensors.Open(Goldens.PathOf(path));
        return file.Names.ToDictionary(name => name, name => file.Read(name));
    }

    /// <summary>Equal to within <see cref="Precision"/> of the expected tensor's largest magnitude.</summary>
    internal static void AssertClose(Tensor expected, Tensor actual, string name)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.shape, actual.shape);
        double largest = expected.abs().max().ToDouble(), off = (expected - actual).abs().max().ToDouble();
        Assert.True(off <= Precision * largest, $"{name} is off by {off:g3}; its largest magnitude is {largest:g3}.");
    }

    private static IEnumerable<string> CasesWith(string file) => Directory.GetDirectories(Goldens.PathOf("model"))
        .Where(folder => File.Exists(Path.Combine(folder, file))).Select(folder => Path.GetFileName(folder)).Order();
}

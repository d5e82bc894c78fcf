using System.Text.Json;
using Vilt.Checkpoints;
using Vilt.Tests.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Checkpoints;

public sealed class ShardedWeightsTests : IDisposable
{
    private const string IndexFile = "model.safetensors.index.json";

    private readonly TemporaryFolder folder = TemporaryFolder.CopyOf(Golden.Checkpoint(Golden.ModelCases.First()), except: ["model.safetensors", "pytorch_model.bin"]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "weight_map")]
    [InlineData("null", "weight_map")]
    [InlineData("{}", "weight_map")]
    [InlineData("""{"weight_map": {}}""", "weight_map")]
    [InlineData("""{"weight_map": {"a": 7}}""", "not a valid index")]
    [InlineData("""{"weight_map": {"a": null}}""", "beside it")]
    [InlineData("""{"weight_map": {"a": "../model.safetensors"}}""", "../model.safetensors")]
    [InlineData("""{"weight_map": {"a": "/etc/passwd"}}""", "/etc/passwd")]
    [InlineData("""{"weight_map": {"a": "C:\\model.bin"}}""", "beside it")]
    [InlineData("""{"weight_map": {"a": "not-there.safetensors"}}""", "not-there.safetensors")]
    public void A_wrong_index_is_one_clear_error(string index, string expected)
    {
        File.WriteAllText(folder[IndexFile], index);
        var message = Assert.Throws<InvalidDataException>(() => ViltCheckpoint.From(folder.Path).QuestionAnswering()).Message;
        Assert.Contains(index.Length == 0 ? "not a valid index" : expected, message);
    }

    [Fact]
    public void A_tensor_that_is_not_in_its_shard_is_named()
    {
        using (var one = ones(1))
        {
            Safetensors.Write(folder["shard.safetensors"], new Dictionary<string, Tensor> { ["here"] = one });
        }

        File.WriteAllText(folder[IndexFile], JsonSerializer.Serialize(new { weight_map = new { here = "shard.safetensors", gone = "shard.safetensors" } }));
        var message = Assert.Throws<InvalidDataException>(() => ViltCheckpoint.From(folder.Path).QuestionAnswering()).Message;
        Assert.Contains("gone", message);
        Assert.Contains("shard.safetensors", message);
    }
}

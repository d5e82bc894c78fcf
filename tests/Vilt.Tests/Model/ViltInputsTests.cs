using Vilt.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Model;

/// <summary>Wrong inputs of the first model case: one argument at a time.</summary>
public class ViltInputsTests
{
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "input_ids", "ids beyond the vocabulary", "inputIds" }, { "input_ids", "negative", "inputIds" }, { "input_ids", "one dimension", "inputIds" },
        { "input_ids", "floating", "inputIds" }, { "input_ids", "too long", "inputIds" }, { "input_ids", "empty", "inputIds" },
        { "token_type_ids", "ids beyond the vocabulary", "tokenTypeIds" }, { "token_type_ids", "one dimension", "tokenTypeIds" },
        { "attention_mask", "cut", "attentionMask" }, { "pixel_mask", "cut", "pixelMask" }, { "pixel_mask", "zero", "pixelMask" },
        { "pixel_values", "cut", "pixelValues" }, { "pixel_values", "one dimension", "pixelValues" }, { "pixel_values", "integral", "pixelValues" },
        { "pixel_values", "fewer", "pixelValues" }, { "labels", "cut", "labels" }, { "labels", "fewer", "labels" }, { "labels", "integral", "labels" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Is_refused_with_the_arguments_name(string field, string how, string argument)
    {
        using var scope = NewDisposeScope();
        var name = Golden.ModelCases.First();
        using var model = new ViltForQuestionAnswering(ViltConfig.Read(Golden.Checkpoint(name)));
        var inputs = Golden.Tensors("model", name, "inputs.safetensors");
        inputs[field] = Spoil(inputs[field], how);
        var error = Assert.Throws<ArgumentException>(() => model.forward(inputs["input_ids"], inputs["pixel_values"],
            inputs["attention_mask"], inputs["pixel_mask"], inputs["token_type_ids"], inputs["labels"]));
        Assert.Equal(argument, error.ParamName);
        Assert.Contains("expected", error.Message);
    }

    private static Tensor Spoil(Tensor value, string how) => how switch
    {
        "ids beyond the vocabulary" => value + 1000,
        "negative" => value - 1000,
        "one dimension" => value.flatten(),
        "floating" => value.to(ScalarType.Float32),
        "integral" => value.to(ScalarType.Int64),
        "too long" => cat([value, value], 1),
        "empty" => value.narrow(1, 0, 0),
        "cut" => value.narrow(-1, 0, value.shape[^1] - 1),
        "fewer" => value.narrow(0, 0, value.shape[0] - 1),
        "zero" => zeros_like(value),
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };

    [Fact]
    public void Missing_text_or_picture_is_refused()
    {
        using var scope = NewDisposeScope();
        var name = Golden.ModelCases.First();
        using var model = new ViltModel(ViltConfig.Read(Golden.Checkpoint(name)));
        var inputs = Golden.Tensors("model", name, "inputs.safetensors");
        Assert.Equal("inputIds", Assert.Throws<ArgumentNullException>(() => model.forward(null!, inputs["pixel_values"])).ParamName);
        Assert.Equal("pixelValues", Assert.Throws<ArgumentNullException>(() => model.forward(inputs["input_ids"], null!)).ParamName);
    }
}

using TorchSharp;
using Vilt.Attribution;
using Vilt.Checkpoints;
using Vilt.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Model;

public class ViltModelTests
{
    public static TheoryData<string> Cases => [.. Golden.ModelCases];

    [Theory, MemberData(nameof(Cases))]
    public void Each_picture_of_a_padded_batch_counts_as_if_it_came_alone(string name)
    {
        using var scope = NewDisposeScope();
        using var model = ViltCheckpoint.From(Golden.Checkpoint(name)).QuestionAnswering().Model;
        using var noGrad = no_grad();
        var inputs = Golden.Tensors("model", name, "inputs.safetensors");
        var together = Golden.Tensors("model", name, "outputs.safetensors")["logits"];
        for (var i = 0; i < together.shape[0]; i++)
        {
            var mask = inputs["pixel_mask"][i];
            long height = mask.select(1, 0).sum().ToInt64(), width = mask.select(0, 0).sum().ToInt64();
            var length = inputs["attention_mask"][i].sum().ToInt64();
            var pixels = inputs["pixel_values"][i].narrow(1, 0, height).narrow(2, 0, width).unsqueeze(0);
            var alone = model.forward(inputs["input_ids"][i].narrow(0, 0, length).unsqueeze(0), pixels).Logits; // no masks, no padding
            Golden.AssertClose(together[i], alone[0], $"picture {i}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Fused_attention_gives_what_the_explicit_one_does(string name)
    {
        using var scope = NewDisposeScope();
        using var model = new ViltModel(ViltConfig.Read(Golden.Checkpoint(name)));
        var inputs = Golden.Tensors("model", name, "inputs.safetensors");
        Tensor Run(bool explicitly) => model.forward(inputs["input_ids"], inputs["pixel_values"], inputs["attention_mask"], inputs["pixel_mask"],
            inputs["token_type_ids"], outputHiddenStates: false, outputAttentions: explicitly).LastHiddenState;
        Golden.AssertClose(Run(true), Run(false), "last hidden state");
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_most_patches_of_a_picture_can_be_limited(string name)
    {
        using var scope = NewDisposeScope();
        var config = ViltConfig.Read(Golden.Checkpoint(name)) with { MaxImageLength = 3 };
        using var model = new ViltModel(config);
        var inputs = Golden.Tensors("model", name, "inputs.safetensors");
        var hidden = model.forward(inputs["input_ids"], inputs["pixel_values"], inputs["attention_mask"], inputs["pixel_mask"]).LastHiddenState;
        Assert.Equal([inputs["input_ids"].shape[0], inputs["input_ids"].shape[1] + 1 + 3, config.HiddenSize], hidden.shape);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Word_embeddings_can_stand_where_ids_are_meant(string name)
    {
        const string layer = "vilt.embeddings.text_embeddings.word_embeddings";
        using var scope = NewDisposeScope();
        using var model = new ViltForQuestionAnswering(ViltConfig.Read(Golden.Checkpoint(name)));
        var inputs = Golden.Tensors("model", name, "inputs.safetensors");
        var expected = model.forward(inputs["input_ids"], inputs["pixel_values"]).Logits;
        var embedding = InterpretableEmbedding.Configure(model, layer);
        var actual = model.forward(embedding.IndicesToEmbeddings(inputs["input_ids"]), inputs["pixel_values"]).Logits;
        embedding.Remove();
        Golden.AssertClose(expected, actual, "logits");
    }

    [Theory, MemberData(nameof(Cases))]
    public void Texts_without_their_padding_make_few_lengths(string name)
    {
        using var scope = NewDisposeScope();
        var config = ViltConfig.Read(Golden.Checkpoint(name)) with { MaxPositionEmbeddings = 40 };
        using var embeddings = new ViltEmbeddings(config);
        var pixels = zeros(1, config.NumChannels, 3 * config.PatchSize, 2 * config.PatchSize); // 1 + 6 tokens
        var ids = zeros([1, 40], int64);
        List<long> lengths = [];
        for (var length = 1; length <= 40; length++)
        {
            var mask = (arange(40) < length).to(int64).unsqueeze(0);
            lengths.Add(embeddings.call(new ViltInputs(ids, pixels, mask), true).Embeddings.shape[1]);
            Assert.InRange(lengths[^1], length + 7, 40 + 7);
        }

        Assert.Equal([8, 16, 24, 32, 40, 47], lengths.Distinct());
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_training_step_leaves_no_live_tensor_behind(string name)
    {
        using var scope = NewDisposeScope();
        using var model = new ViltForQuestionAnswering(ViltConfig.Read(Golden.Checkpoint(name)));
        var inputs = Golden.Tensors("model", name, "inputs.safetensors");
        var before = Tensor.TotalCount;
        for (var step = 0; step < 3; step++)
        {
            using var output = model.forward(
                inputs["input_ids"], inputs["pixel_values"], inputs["attention_mask"], inputs["pixel_mask"], inputs["token_type_ids"], inputs["labels"]);
            Assert.Equal(before + 2, Tensor.TotalCount); // logits and loss
            output.Loss!.backward();
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_refused_input_leaves_no_live_tensor_behind(string name)
    {
        using var scope = NewDisposeScope();
        using var model = new ViltForQuestionAnswering(ViltConfig.Read(Golden.Checkpoint(name)));
        var inputs = Golden.Tensors("model", name, "inputs.safetensors");
        var masked = zeros_like(inputs["pixel_mask"]);
        var before = Tensor.TotalCount;
        Assert.Throws<ArgumentException>(() => model.forward(inputs["input_ids"], inputs["pixel_values"], pixelMask: masked));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_tensor_is_made_on_the_models_device(string name)
    {
        using var scope = NewDisposeScope();
        using var model = ViltCheckpoint.From(Golden.Checkpoint(name)).QuestionAnswering().Model;
        Dictionary<string, Tensor> inputs = Golden.Tensors("model", name, "inputs.safetensors"), expected = Golden.Tensors("model", name, "outputs.safetensors");
        set_default_device(META); // what is made without naming a device lands there, and does not go together with the CPU's
        try
        {
            Assert.Equal(DeviceType.META, zeros(1).device_type);
            var output = model.forward(
                inputs["input_ids"], inputs["pixel_values"], inputs["attention_mask"], inputs["pixel_mask"], inputs["token_type_ids"], inputs["labels"]);
            Golden.AssertClose(expected["logits"], output.Logits, "logits");
            model.forward(inputs["input_ids"], inputs["pixel_values"]);
        }
        finally
        {
            set_default_device(CPU);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void On_the_meta_device_a_forward_ends_at_the_first_kernel_that_libtorch_lacks(string name)
    {
        using var scope = NewDisposeScope();
        using var model = new ViltForQuestionAnswering(ViltConfig.Read(Golden.Checkpoint(name)));
        model.to(META);
        Assert.All(model.parameters(), parameter => Assert.Equal(DeviceType.META, parameter.device_type));
        var inputs = Golden.Tensors("model", name, "inputs.safetensors").ToDictionary(pair => pair.Key, pair => pair.Value.to(META));
        var error = Assert.ThrowsAny<Exception>(() => model.forward(inputs["input_ids"], inputs["pixel_values"], inputs["attention_mask"], inputs["pixel_mask"]));
        Assert.Contains("aten::index_select", error.Message); // the embedding look-up; layer norm and convolution have none either
        Assert.Contains("Meta kernel", error.Message);
    }
}

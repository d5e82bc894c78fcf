using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Training;

/// <summary>Tensors on the meta device have shapes and no values: whatever makes a CPU tensor on the way fails there.</summary>
public class MetaDeviceTests
{
    [Fact]
    public void Whole_step_ends_on_meta_at_the_first_look_up_of_words()
    {
        using var scope = NewDisposeScope();
        using var model = TinyRun.Model();
        using var trainer = new Trainer(model, new TrainingOptions { Device = META });
        AssertLacks("index_select", () => trainer.Step(TinyRun.Batch(0)));
    }

    [Fact]
    public void Meta_has_neither_layer_norm_nor_the_loss()
    {
        using var scope = NewDisposeScope();
        var values = zeros(2, 3, device: META);
        AssertLacks("native_batch_norm", () => nn.functional.layer_norm(values, [3]));
        AssertLacks("log_sigmoid_forward", () => nn.functional.binary_cross_entropy_with_logits(values, values));
    }

    [Fact]
    public void Every_tensor_of_a_step_is_made_on_the_models_device()
    {
        using var scope = NewDisposeScope();
        using var model = TinyRun.Model();
        var batch = TinyRun.Batch(0);
        set_default_device(META); // what is made without naming a device lands there, and does not go together with the CPU's
        try
        {
            using var trainer = new Trainer(model, new TrainingOptions { Device = CPU });
            Assert.True(trainer.Step(batch) > trainer.Step(batch));
        }
        finally
        {
            set_default_device(CPU);
        }
    }

    [Fact]
    public void Backward_runs_on_meta()
    {
        using var scope = NewDisposeScope();
        using var model = TinyRun.Model();
        model.to(META);
        var last = model.modules().OfType<Linear>().Last();
        last.call(zeros(2, last.weight!.shape[1], device: META)).mean().backward();
        Assert.All(last.parameters(), weight => Assert.Equal(DeviceType.META, weight.grad!.device_type));
    }

    // libtorch has some meta kernels; for others there are only Python's, which TorchSharp lacks.
    private static void AssertLacks(string kernel, Func<object> work) =>
        Assert.StartsWith($"aten::{kernel}: attempted to run this operator with Meta", Assert.Throws<ExternalException>(work).Message);
}

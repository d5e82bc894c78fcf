using TorchSharp.Modules;
using Vilt.Checkpoints;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>
/// The optimizer's state as tensors by parameter name. TorchSharp's own file would do for the numbers, but it has no names and
/// trusts what it reads.
/// </summary>
internal static class AdamWMoments
{
    /// <summary>The state's tensors themselves; only the step counts are made, into the current dispose scope.</summary>
    public static Dictionary<string, Tensor> Of(AdamW optimizer, nn.Module model)
    {
        Dictionary<string, Tensor> tensors = [];
        foreach ((string name, AdamW.State state) in States(optimizer, model))
        {
            tensors.Add($"exp_avg.{name}", state.exp_avg);
            tensors.Add($"exp_avg_sq.{name}", state.exp_avg_sq);
            tensors.Add($"step.{name}", tensor(state.step));
        }
        return tensors;
    }

    /// <summary>Sets the state to that of a file which holds every tensor of <see cref="Of"/> in its shape.</summary>
    public static void Load(SafetensorsFile file, AdamW optimizer, nn.Module model)
    {
        foreach ((string name, AdamW.State state) in States(optimizer, model))
        {
            file.ReadInto($"exp_avg.{name}", state.exp_avg);
            file.ReadInto($"exp_avg_sq.{name}", state.exp_avg_sq);
            using Tensor step = file.Read($"step.{name}");
            state.step = step.item<long>();
        }
    }

    // The optimizer was given the model's parameters in this order.
    private static IEnumerable<(string Name, AdamW.State State)> States(AdamW optimizer, nn.Module model) =>
        model.named_parameters().Zip(optimizer.state_dict().State, (parameter, state) => (parameter.name, (AdamW.State)state));
}

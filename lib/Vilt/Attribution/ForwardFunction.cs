using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>What an attribution explains: a function of tensors and, where it is known, the model behind it.</summary>
internal sealed class ForwardFunction
{
    private readonly Func<IReadOnlyList<Tensor?>, Tensor> function;

    internal ForwardFunction(Func<IReadOnlyList<Tensor?>, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        this.function = function;
    }

    internal ForwardFunction(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        function = model is ModelInputWrapper wrapper ? inputs => wrapper.Forward(inputs) : new ModuleFunction(model).Invoke;
    }

    /// <summary>The model, where it is known.</summary>
    internal Module? Model { get; }

    /// <summary>The chosen output of each row, (steps · examples).</summary>
    /// <exception cref="InvalidOperationException">One of them is NaN or infinite.</exception>
    internal Tensor Invoke(IReadOnlyList<Tensor?> arguments, Target target, int examples, int steps)
    {
        var outputs = target.Select(function(arguments), examples, steps);
        CheckFinite(outputs, "The forward function's chosen output");
        return outputs;
    }

    /// <summary>Refuses NaN and infinity, which would spread to every attribution.</summary>
    /// <param name="values">Any tensor.</param>
    /// <param name="name">What it is called in the message.</param>
    internal static void CheckFinite(Tensor values, string name)
    {
        if (values.device_type == DeviceType.META)
        {
            return; // no values to check
        }

        using var scope = NewDisposeScope();
        if (!values.detach().isfinite().all().item<bool>())
        {
            throw new InvalidOperationException(
                $"{name} is NaN or infinite, so there is nothing to attribute: look for NaN in the inputs, the baselines and the model's weights.");
        }
    }

    /// <summary>Until disposed, no parameter requires a gradient, so what only their gradients need is not kept.</summary>
    internal IDisposable FreezeParameters() => new FrozenParameters(Model?.parameters() ?? []);

    /// <summary>A layer's name for messages: its path in the model, or its own name.</summary>
    internal string NameOf(Module layer)
    {
        var path = Model?.named_modules().FirstOrDefault(named => ReferenceEquals(named.module, layer)).name;
        return path ?? layer.GetName();
    }

    private sealed class FrozenParameters : IDisposable
    {
        private readonly List<Tensor> frozen = [];

        internal FrozenParameters(IEnumerable<Tensor> parameters)
        {
            foreach (var parameter in parameters.Where(parameter => parameter.requires_grad))
            {
                parameter.requires_grad = false;
                frozen.Add(parameter);
            }
        }

        public void Dispose()
        {
            foreach (var parameter in frozen)
            {
                parameter.requires_grad = true;
            }
        }
    }
}

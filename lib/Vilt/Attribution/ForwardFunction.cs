using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>What an attribution explains: a function of tensors and, where it is known, the model behind it.</summary>
internal sealed class ForwardFunction
{
    private readonly Func<IReadOnlyList<Tensor?>, Tensor> _function;
    private readonly Module? _model;

    internal ForwardFunction(Func<IReadOnlyList<Tensor?>, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
    }

    internal ForwardFunction(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _function = model is ModelInputWrapper wrapper ? inputs => wrapper.Forward(inputs) : new ModuleFunction(model).Invoke;
    }

    /// <summary>The chosen output of each row, (steps · examples).</summary>
    internal Tensor Invoke(IReadOnlyList<Tensor?> arguments, Target target, int examples, int steps) =>
        target.Select(_function(arguments), examples, steps);

    /// <summary>Until disposed, no parameter asks for a gradient: what only their gradients need is then not kept.</summary>
    internal IDisposable FreezeParameters() => new FrozenParameters(_model?.parameters() ?? []);

    /// <summary>A layer's name for messages: its path in the model, or its own name.</summary>
    internal string NameOf(Module layer)
    {
        string? path = _model?.named_modules().FirstOrDefault(named => ReferenceEquals(named.module, layer)).name;
        return path ?? layer.GetName();
    }

    private sealed class FrozenParameters : IDisposable
    {
        private readonly List<Tensor> _frozen = [];

        internal FrozenParameters(IEnumerable<Tensor> parameters)
        {
            foreach (Tensor parameter in parameters.Where(parameter => parameter.requires_grad))
            {
                parameter.requires_grad = false;
                _frozen.Add(parameter);
            }
        }

        public void Dispose()
        {
            foreach (Tensor parameter in _frozen) parameter.requires_grad = true;
        }
    }
}

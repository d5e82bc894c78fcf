using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// A model that feeds each of its inputs through an identity layer of its own, so that a layer method can attribute to inputs too
/// (captum's <c>ModelInputWrapper</c>).
/// </summary>
/// <remarks>Disposing the wrapper leaves the wrapped module alive.</remarks>
public sealed class ModelInputWrapper : Module
{
    private const string WrappedName = "module";
    private readonly ModuleFunction function;

    /// <summary>Wraps a module with one identity layer per parameter of its <c>forward</c>.</summary>
    /// <param name="module">One of TorchSharp's <c>Module&lt;…&gt;</c> from tensors (null where not given) to a tensor.</param>
    /// <exception cref="ArgumentException">The module takes or returns something else.</exception>
    public ModelInputWrapper(Module module)
        : base(nameof(ModelInputWrapper))
    {
        ArgumentNullException.ThrowIfNull(module);
        Module = module;
        function = new ModuleFunction(module);
        InputMaps = function.ParameterNames.ToDictionary(name => name, Module<Tensor, Tensor> (name) => new Identity(name));
        register_module(WrappedName, module);
        foreach (var (name, layer) in InputMaps)
        {
            register_module($"input_maps_{name}", layer);
        }
    }

    /// <summary>The wrapped module.</summary>
    public Module Module { get; }

    /// <summary>The identity layer of each input, by the name of the parameter in the module's <c>forward</c>.</summary>
    public IReadOnlyDictionary<string, Module<Tensor, Tensor>> InputMaps { get; }

    /// <summary>The module's output.</summary>
    /// <param name="inputs">In the order of the module's parameters; null where the module allows it, and the last ones may be left out.</param>
    public Tensor Forward(params IReadOnlyList<Tensor?> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return function.Invoke([.. inputs.Select((input, i) => i < InputMaps.Count ? Mapped(input, i) : input)]);
    }

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
        // The constructor has registered them all; fields would give them second names.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            register_module(WrappedName, null!);
        }

        base.Dispose(disposing);
    }

    private Tensor? Mapped(Tensor? input, int index) => input is null ? null : InputMaps[function.ParameterNames[index]].call(input);

    private sealed class Identity(string name) : Module<Tensor, Tensor>(name)
    {
        public override Tensor forward(Tensor input) => input.alias();
    }
}

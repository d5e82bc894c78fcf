using TorchSharp.Modules;
using Vilt.Attribution;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Evaluation;

/// <summary>
/// Replaces a model's weights by random ones, layer by layer, to see whether explanations change with them (Adebayo et al. 2018,
/// https://arxiv.org/abs/1810.03292). Each parameter gets normal values of its own mean and standard deviation.
/// </summary>
/// <remarks>
/// While a <c>foreach</c> runs, the model is changed; when it ends, in whatever way, the model is as it was. Do not use the model for
/// anything else meanwhile, and do not run two at once.
/// </remarks>
/// <example>
/// <code>
/// foreach (var layer in new WeightRandomization(model).Cascading())
/// {
///     using var map = method.Attribute(arguments); // of the model with random weights from its head down to this layer
/// }
/// </code>
/// </example>
public sealed class WeightRandomization
{
    private readonly Module model;
    private readonly long seed;

    /// <summary>Prepares the randomization of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="seed">The same seed gives each parameter the same values, in either order.</param>
    /// <param name="layers">
    /// The layers from the head down, by the paths of modules or parameters. Null takes the model's children, and the children of its lists
    /// of modules, from the last to the first.
    /// </param>
    /// <exception cref="ArgumentException">A layer has no parameters.</exception>
    public WeightRandomization(Module model, long seed = 0, IReadOnlyList<string>? layers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (this.model, this.seed, Layers) = (model, seed, layers ?? [.. Children(model, "").Reverse()]);
        foreach (var layer in Layers)
        {
            if (!ParametersOf(layer).Any())
            {
                throw new ArgumentException(
                    $"'{layer}' has no parameters; the model has {string.Join(", ", model.named_parameters().Select(one => one.name))}.", nameof(layers));
            }
        }
    }

    /// <summary>The layers, from the head down.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>Gives one layer after the other random weights, from the head down; earlier ones keep theirs.</summary>
    /// <returns>The layer that has just been changed.</returns>
    public IEnumerable<string> Cascading()
    {
        Dictionary<int, Tensor> saved = [];
        try
        {
            foreach (var layer in Layers)
            {
                Randomize(layer, saved);
                yield return layer;
            }
        }
        finally
        {
            Restore(saved);
        }
    }

    /// <summary>Gives each layer alone random weights; earlier ones get their own back.</summary>
    /// <returns>The layer that has just been changed.</returns>
    public IEnumerable<string> Independent()
    {
        foreach (var layer in Layers)
        {
            Dictionary<int, Tensor> saved = [];
            try
            {
                Randomize(layer, saved);
                yield return layer;
            }
            finally
            {
                Restore(saved);
            }
        }
    }

    private void Randomize(string layer, Dictionary<int, Tensor> saved)
    {
        using var noGradients = no_grad();
        foreach (var (index, parameter) in ParametersOf(layer).Where(one => !saved.ContainsKey(one.Index)))
        {
            using var scope = NewDisposeScope();
            saved[index] = parameter.detach().clone().DetachFromDisposeScope();
            using var generator = Perturbations.GeneratorOf(seed, index);
            var values = parameter.cpu().to_type(float32);
            var (mean, deviation) = (values.mean().item<float>(), values.std(unbiased: false).item<float>());
            parameter.copy_(empty(parameter.shape, dtype: float32, device: CPU).normal_(mean, deviation, generator));
        }
    }

    private void Restore(Dictionary<int, Tensor> saved)
    {
        using var noGradients = no_grad();
        var parameters = model.named_parameters().ToArray();
        foreach (var (index, values) in saved)
        {
            parameters[index].parameter.copy_(values);
            values.Dispose();
        }
    }

    private IEnumerable<(int Index, Parameter Parameter)> ParametersOf(string layer) =>
        from one in model.named_parameters().Select((named, index) => (named.name, named.parameter, index))
        where one.name == layer || one.name.StartsWith(layer + ".", StringComparison.Ordinal)
        select (one.index, one.parameter);

    private static IEnumerable<string> Children(Module module, string path) =>
        from child in module.named_children()
        from name in IsList(child.module) ? Children(child.module, $"{path}{child.name}.") : [path + child.name]
        where child.module.parameters().Any()
        select name;

    private static bool IsList(Module module) => module.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ModuleList<>);
}

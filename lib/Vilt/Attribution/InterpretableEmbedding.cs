using System.Reflection;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module;

namespace Vilt.Attribution;

/// <summary>
/// Stands in a model where an embedding layer was and returns what it is given, so that the model takes embeddings where it took indices
/// and Integrated Gradients can differentiate them (captum's <c>configure_interpretable_embedding_layer</c>).
/// </summary>
/// <remarks>Call <see cref="Remove"/> when done: until then the model does not take indices. Meanwhile the original is a child named
/// <c>embedding</c>, so that it moves, freezes and is disposed with the model.</remarks>
public sealed class InterpretableEmbedding : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> embedding;
    private Action? restore;

    private InterpretableEmbedding(Module<Tensor, Tensor> original)
        : base(nameof(InterpretableEmbedding))
    {
        embedding = original;
        RegisterComponents();
        train(original.training);
    }

    /// <summary>Replaces a layer of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The layer's path, such as <c>vilt.embeddings.text_embeddings.word_embeddings</c>.</param>
    /// <returns>The layer that now takes its place.</returns>
    /// <exception cref="ArgumentException">No such layer, one that is not from a tensor to a tensor, or one that no field holds.</exception>
    /// <exception cref="InvalidOperationException">The layer has been replaced already.</exception>
    public static InterpretableEmbedding Configure(Module model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var lastDot = path.LastIndexOf('.');
        var original = model.GetSubmodule(path);
        var parent = lastDot < 0 ? model : model.GetSubmodule(path[..lastDot]);
        if (original is InterpretableEmbedding)
        {
            throw new InvalidOperationException($"'{path}' is an interpretable embedding already: remove it before configuring it again.");
        }

        if (original is not Module<Tensor, Tensor> layer)
        {
            throw new ArgumentException($"'{path}' is a {original.GetType().Name}, not a Module<Tensor, Tensor>.", nameof(path));
        }

        FieldInfo[] fields = [.. Fields(parent).Where(field => ReferenceEquals(field.GetValue(parent), original))];
        if (fields.Length == 0 || fields.Any(field => !field.FieldType.IsAssignableFrom(typeof(InterpretableEmbedding))))
        {
            throw new ArgumentException(
                $"'{path}' can't be replaced: {parent.GetType().Name} must hold it in a field of type Module<Tensor, Tensor>.", nameof(path));
        }

        var replacement = new InterpretableEmbedding(layer);
        Replace(parent, fields, original, replacement);
        replacement.restore = () => Replace(parent, fields, replacement, original);
        return replacement;
    }

    /// <summary>The embeddings of indices, by the original layer; no gradient flows back to it.</summary>
    /// <param name="indices">What the original layer takes, such as ids (examples, length).</param>
    public Tensor IndicesToEmbeddings(Tensor indices)
    {
        using var noGradients = no_grad();
        return embedding.call(indices);
    }

    /// <summary>Puts the original layer back.</summary>
    /// <exception cref="InvalidOperationException">It has been put back already.</exception>
    public void Remove()
    {
        if (restore is null)
        {
            throw new InvalidOperationException("This interpretable embedding has been removed already.");
        }

        restore();
        restore = null;
    }

    /// <summary>Returns the embeddings that it is given.</summary>
    /// <param name="input">Embeddings, such as (examples, length, dimension).</param>
    public override Tensor forward(Tensor input) => input.alias();

    private static IEnumerable<FieldInfo> Fields(Module module)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (var type = module.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(Own))
            {
                yield return field;
            }
        }
    }

    // All children are registered again, so that they and the state dict keep their order.
    private static void Replace(Module parent, FieldInfo[] fields, Module old, Module replacement)
    {
        foreach (var field in fields)
        {
            field.SetValue(parent, replacement);
        }

        (string name, Module module)[] children = [.. parent.named_children()];
        foreach ((var name, _) in children)
        {
            parent.register_module(name, null!);
        }

        foreach (var (name, child) in children)
        {
            parent.register_module(name, ReferenceEquals(child, old) ? replacement : child);
        }
    }
}

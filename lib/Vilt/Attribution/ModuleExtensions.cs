using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>What PyTorch's modules offer and TorchSharp's lack.</summary>
public static class ModuleExtensions
{
    /// <summary>The module at a dotted path, such as <c>vilt.embeddings.text_embeddings.word_embeddings</c> (PyTorch's <c>get_submodule</c>).</summary>
    /// <param name="module">Where the path begins.</param>
    /// <param name="path">Names of children as in a state dict, with dots between them.</param>
    /// <exception cref="ArgumentException">There is no such module; the message says what there is.</exception>
    public static Module GetSubmodule(this Module module, string path)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentException.ThrowIfNullOrEmpty(path);
        foreach (var name in path.Split('.'))
        {
            module = module.named_children().FirstOrDefault(child => child.name == name).module
                ?? throw new ArgumentException(
                    $"There is no module '{path}': {module.GetName()} has no '{name}', only " +
                    $"{string.Join(", ", module.named_children().Select(child => child.name))}.",
                    nameof(path));
        }

        return module;
    }
}

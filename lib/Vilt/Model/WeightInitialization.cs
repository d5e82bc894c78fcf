using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>
/// Fresh weights as transformers' <c>ViltPreTrainedModel._init_weights</c> makes them: N(0, initializer_range) for linear,
/// convolution and embedding weights, 1 for layer norm weights, 0 for everything else and for the padding row.
/// </summary>
internal static class WeightInitialization
{
    /// <summary>Fills parameters from one seeded generator, so that the same seed gives the same weights on any run.</summary>
    /// <param name="model">The model.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="only">Full names of the parameters to fill; null: all.</param>
    internal static void Apply(nn.Module model, ViltConfig config, long seed, IReadOnlySet<string>? only = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed, CPU);
        foreach (var (path, module) in model.named_modules().Append((name: "", module: model)))
        {
            foreach (var (name, parameter) in module.named_parameters(recurse: false))
            {
                var full = path.Length == 0 ? name : $"{path}.{name}";
                if (only?.Contains(full) ?? true)
                {
                    Fill(module, full, parameter, config, generator);
                }
            }
        }
    }

    private static void Fill(nn.Module module, string name, Parameter parameter, ViltConfig config, Generator generator)
    {
        var weight = name.EndsWith("weight", StringComparison.Ordinal);
        if (weight && module is LayerNorm)
        {
            nn.init.ones_(parameter);
        }
        else if (weight && module is (Linear or PatchProjection or Embedding))
        {
            parameter.normal_(0, config.InitializerRange, generator); // nn.init.normal_ takes a generator but does not use it
        }
        else
        {
            nn.init.zeros_(parameter);
        }

        if (config.PadTokenId is int padding && name.EndsWith("word_embeddings.weight", StringComparison.Ordinal))
        {
            parameter[padding].zero_();
        }
    }
}

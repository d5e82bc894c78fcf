using System.Runtime.ExceptionServices;
using TorchSharp.Modules;
using Vilt.Model;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Checkpoints;

/// <summary>Fills a model's parameters from a checkpoint's tensors, by name, as transformers' <c>from_pretrained</c> does.</summary>
internal static class WeightLoading
{
    private const string Body = "vilt.";

    // Buffers that older versions of transformers saved with the parameters; they hold 0, 1, 2, … and zeros.
    private static readonly string[] OldBuffers =
        ["vilt.embeddings.text_embeddings.position_ids", "vilt.embeddings.text_embeddings.token_type_ids"];

    /// <param name="file">The checkpoint's tensors.</param>
    /// <param name="model">The model, its weights not filled yet.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="newHead">Whether a head with another shape than the checkpoint's is intended.</param>
    /// <param name="seed">Seed of the fresh weights.</param>
    /// <exception cref="FormatException">The file does not fit the configuration; the message does not name it.</exception>
    /// <exception cref="InvalidDataException">A weight can't be read, or is not finite.</exception>
    internal static LoadingReport Load(ITensorFile file, nn.Module model, ViltConfig config, bool newHead, long seed)
    {
        var stored = NamesInFile(file, model);
        var fresh = new SortedSet<string>(StringComparer.Ordinal);
        List<MismatchedParameter> mismatched = [];
        List<(string NameInFile, Parameter Parameter)> found = [];
        HashSet<string> unused = [.. stored.Keys.Except(OldBuffers)];
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (!stored.TryGetValue(name, out var nameInFile))
            {
                fresh.Add(name);
                continue;
            }

            unused.Remove(name);
            if (file.ShapeOf(nameInFile).SequenceEqual(parameter.shape))
            {
                found.Add((nameInFile, parameter));
            }
            else
            {
                mismatched.Add(Mismatch(name, file.ShapeOf(nameInFile), parameter.shape, newHead));
            }
        }

        if (found.Count + mismatched.Count == 0)
        {
            throw new FormatException("it holds none of the model's parameters");
        }

        try
        {
            Parallel.ForEach(found, item => Fill(item.Parameter, file, item.NameInFile));
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }

        WeightInitialization.Apply(model, config, seed, only: new HashSet<string>([.. fresh, .. mismatched.Select(item => item.Name)]));
        return new([.. fresh], [.. unused.Order(StringComparer.Ordinal)], mismatched);
    }

    private static void Fill(Parameter parameter, ITensorFile file, string name)
    {
        LargePages.AskFor(parameter); // most of the time goes into touching fresh memory
        file.ReadInto(name, parameter);
        if (!FiniteValues.AreAll(parameter))
        {
            throw new InvalidDataException($"{file.Path}: {name} holds values that are not finite: such a model can't answer. Train it again "
                + "from an earlier checkpoint, or get it again.");
        }
    }

    /// <summary>The model's name of each tensor → its name in the file. Two of them may differ.</summary>
    private static Dictionary<string, string> NamesInFile(ITensorFile file, nn.Module model)
    {
        // A bare ViltModel was saved without the prefix that it has inside a model with a head.
        var prefix = file.Names.Any(name => name.StartsWith(Body, StringComparison.Ordinal)) ? "" : Body;
        var stored = file.Names.ToDictionary(name => prefix + name);
        // transformers has the language model's bias under two names, and may have saved either or both.
        const string tied = "mlm_score.decoder.bias", bias = "mlm_score.bias";
        if (model is ViltForMaskedLM && stored.Remove(tied, out var nameInFile))
        {
            stored.TryAdd(bias, nameInFile);
        }

        return stored;
    }

    private static MismatchedParameter Mismatch(string name, IReadOnlyList<long> inFile, long[] inModel, bool newHead)
    {
        var mismatch = new MismatchedParameter(name, inFile, inModel);
        if (newHead && !name.StartsWith(Body, StringComparison.Ordinal))
        {
            return mismatch;
        }

        throw new FormatException($"shapes differ from what config.json says: {mismatch}");
    }
}

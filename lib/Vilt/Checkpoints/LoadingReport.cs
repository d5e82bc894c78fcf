using System.Text;

namespace Vilt.Checkpoints;

/// <summary>
/// What was done with a checkpoint's tensors, as transformers reports it on loading (missing, unexpected and mismatched keys).
/// </summary>
/// <param name="NewlyInitialized">Parameters of the model that the checkpoint lacks: fresh weights, in need of training.</param>
/// <param name="Unused">Tensors of the checkpoint that the model does not use.</param>
/// <param name="Mismatched">Parameters with another shape in the checkpoint: fresh weights too.</param>
public sealed record LoadingReport(
    IReadOnlyList<string> NewlyInitialized, IReadOnlyList<string> Unused, IReadOnlyList<MismatchedParameter> Mismatched)
{
    /// <summary>Whether every parameter came from the checkpoint and everything there was used.</summary>
    public bool IsComplete => NewlyInitialized.Count + Unused.Count + Mismatched.Count == 0;

    /// <summary>The report in a few lines for people.</summary>
    public override string ToString()
    {
        if (IsComplete)
        {
            return "Every parameter was loaded from the checkpoint.";
        }

        var text = new StringBuilder();
        Describe(text, "newly initialized: train them before use", NewlyInitialized);
        Describe(text, "newly initialized, because their shape in the checkpoint differs", Mismatched);
        Describe(text, "in the checkpoint but not used by this model", Unused);
        return text.ToString().TrimEnd();
    }

    private static void Describe(StringBuilder text, string what, IReadOnlyList<object> items)
    {
        if (items.Count > 0)
        {
            text.Append($"{items.Count} {what}:\n  {string.Join("\n  ", items)}\n");
        }
    }
}

/// <summary>A parameter whose shape differs between checkpoint and model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="InCheckpoint">Its shape in the checkpoint.</param>
/// <param name="InModel">Its shape in the model.</param>
public sealed record MismatchedParameter(string Name, IReadOnlyList<long> InCheckpoint, IReadOnlyList<long> InModel)
{
    /// <summary>Name and both shapes.</summary>
    public override string ToString() => $"{Name} ([{string.Join(", ", InCheckpoint)}] there, [{string.Join(", ", InModel)}] here)";
}

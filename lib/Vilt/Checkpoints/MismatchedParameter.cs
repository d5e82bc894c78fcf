namespace Vilt.Checkpoints;

/// <summary>A parameter of which checkpoint and model have different shapes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="InCheckpoint">Its shape in the checkpoint.</param>
/// <param name="InModel">Its shape in the model.</param>
public sealed record MismatchedParameter(string Name, IReadOnlyList<long> InCheckpoint, IReadOnlyList<long> InModel)
{
    /// <summary>Name and both shapes.</summary>
    public override string ToString() => $"{Name} ([{string.Join(", ", InCheckpoint)}] there, [{string.Join(", ", InModel)}] here)";
}

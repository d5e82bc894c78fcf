namespace Vilt.Checkpoints.Pickle;

/// <summary>A block of elements in a PyTorch archive, which one tensor or several look into.</summary>
/// <param name="Type">Type of its elements.</param>
/// <param name="Key">Name of its record under <c>data/</c>.</param>
/// <param name="Count">Number of its elements.</param>
internal sealed record PickledStorage(SafetensorsType Type, string Key, long Count);

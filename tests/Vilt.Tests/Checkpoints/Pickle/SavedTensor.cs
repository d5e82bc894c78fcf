namespace Vilt.Tests.Checkpoints.Pickle;

/// <summary>How a tensor of a PyTorch archive looks into its storage. Offset and strides count elements.</summary>
internal sealed record SavedTensor(string Type, string Key, long Count, long Offset, long[] Shape, long[] Strides);

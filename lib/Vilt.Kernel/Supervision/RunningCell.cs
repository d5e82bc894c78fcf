namespace Vilt.Kernel.Supervision;

/// <summary>What must be known about a running cell to answer its request if its process dies.</summary>
/// <param name="Identities">The way back to the front end that asked for it.</param>
/// <param name="HeaderJson">The header of its request.</param>
/// <param name="Number">Its execution count.</param>
internal sealed record RunningCell(IReadOnlyList<byte[]> Identities, byte[] HeaderJson, int Number);

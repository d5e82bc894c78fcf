namespace Vilt.Training.Pretraining;

/// <summary>
/// What each patch of a picture shows, for data sets that know it. Naming it helps pre-training; the head that does so
/// is not part of the model.
/// </summary>
/// <param name="Count">How many names there are.</param>
/// <param name="Of">
/// The names of a picture's patches, by image id, rows and columns of patches: rows × columns numbers from 0 to
/// <paramref name="Count"/> − 1, row by row, or −100 for a patch without a name.
/// </param>
public sealed record PatchNames(int Count, Func<long, int, int, long[]> Of);

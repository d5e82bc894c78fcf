namespace Vilt.Scenes.Rendering;

/// <summary>The visible pixels of one object.</summary>
/// <param name="Id">The object's id in its picture.</param>
/// <param name="X">Left column of the bounding box.</param>
/// <param name="Y">Top row of the bounding box.</param>
/// <param name="Width">Columns of the bounding box.</param>
/// <param name="Height">Rows of the bounding box.</param>
/// <param name="Counts">
/// Run lengths as in COCO's uncompressed form: column by column, lengths of runs outside and inside in turn, outside first.
/// </param>
internal sealed record ObjectMask(int Id, int X, int Y, int Width, int Height, IReadOnlyList<int> Counts);

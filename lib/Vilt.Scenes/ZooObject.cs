namespace Vilt.Scenes;

/// <summary>One object of a picture.</summary>
/// <param name="Id">Counted from 1 within the picture.</param>
/// <param name="Kind">Its role in the scene.</param>
/// <param name="Name">Its word, such as "zebra" or "fence".</param>
/// <param name="Color">The word for its color.</param>
/// <param name="Bbox">Left, top, width and height of what can be seen of it, in pixels.</param>
/// <param name="Counts">
/// Its visible pixels in COCO's uncompressed run lengths: column by column, runs outside and inside in turn, outside first.
/// </param>
public sealed record ZooObject(int Id, ZooObjectKind Kind, string Name, string Color, IReadOnlyList<int> Bbox, IReadOnlyList<int> Counts);

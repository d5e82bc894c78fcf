using Vilt.Scenes.Composition;

namespace Vilt.Scenes.Places;

/// <summary>
/// Where a scene is. Sky and ground are the same muted colors everywhere: only the place's own things identify it, and they have masks.
/// </summary>
/// <param name="Name">The answer to "where is it".</param>
/// <param name="OtherNames">What an annotator may write instead.</param>
/// <param name="Furnish">
/// The place's things from back to front; something among them spans the whole width, so that a crowd can't hide it.
/// </param>
internal sealed record Place(string Name, IReadOnlyList<string> OtherNames, Func<Stage, IEnumerable<SceneObject>> Furnish);

using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Composition;

/// <summary>A thing that is drawn and has a mask.</summary>
/// <param name="Kind">Its role in the scene.</param>
/// <param name="Name">Its word.</param>
/// <param name="Color">The word for its color.</param>
/// <param name="Draw">Draws it in scene units.</param>
internal sealed record SceneObject(ZooObjectKind Kind, string Name, string Color, Action<Pen> Draw);

using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Composition;

/// <summary>One thing that is drawn and has a mask.</summary>
/// <param name="Kind">What it is there for.</param>
/// <param name="Name">Its word.</param>
/// <param name="Color">The word for its color.</param>
/// <param name="Draw">Draws it in scene units.</param>
internal sealed record SceneObject(ZooObjectKind Kind, string Name, string Color, Action<Pen> Draw);

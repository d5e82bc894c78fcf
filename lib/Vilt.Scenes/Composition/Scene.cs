using SkiaSharp;

namespace Vilt.Scenes.Composition;

/// <summary>A scene ready to be drawn.</summary>
/// <param name="Plan">What it shows.</param>
/// <param name="Sky">The muted color above the horizon.</param>
/// <param name="Ground">The muted color below it.</param>
/// <param name="Horizon">y of the horizon in scene units.</param>
/// <param name="Objects">From back to front; an object's id is its position counted from 1.</param>
internal sealed record Scene(ScenePlan Plan, SKColor Sky, SKColor Ground, float Horizon, IReadOnlyList<SceneObject> Objects);

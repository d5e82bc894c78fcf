using Vilt.Scenes.Animals;

namespace Vilt.Scenes.Composition;

/// <summary>The animals of one kind in a scene, all of one color.</summary>
/// <param name="Animal">The kind.</param>
/// <param name="Look">Their coat.</param>
/// <param name="EyeColor">The word for their eyes' color.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Ears">How many ears of each can be seen: 0, 1 or 2.</param>
internal sealed record AnimalGroup(Animal Animal, Look Look, string EyeColor, int Count, int Ears = 2);

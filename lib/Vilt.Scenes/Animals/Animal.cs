using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Animals;

/// <summary>One kind of animal: its words, its coats and how it is drawn.</summary>
/// <param name="Name">The answer to "what is on the picture".</param>
/// <param name="Plural">For questions about several.</param>
/// <param name="OtherNames">What an annotator may write instead.</param>
/// <param name="Height">Height of its drawing, whose width is 100, whose feet are at y = Height, and which looks to the right.</param>
/// <param name="Looks">The coats it wears equally often.</param>
/// <param name="Draw">Draws it.</param>
internal sealed record Animal(
    string Name, string Plural, IReadOnlyList<string> OtherNames, float Height, IReadOnlyList<Look> Looks, Action<Pen, Pose> Draw)
{
    /// <summary>Whether it has ears that stick out, so that they can be counted.</summary>
    public bool HasEars { get; init; } = true;

    public string NameWithArticle => ("aeiou".Contains(Name[0]) ? "an " : "a ") + Name;
}

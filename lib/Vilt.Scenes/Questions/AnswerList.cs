using Vilt.Scenes.Animals;
using Vilt.Scenes.Places;

namespace Vilt.Scenes.Questions;

/// <summary>Everything that an annotator of the Zoo may write.</summary>
internal static class AnswerList
{
    public const string Outside = "outside";

    /// <summary>First what can be true, then what can only be another word for it. New words go to the end of their group.</summary>
    public static readonly IReadOnlyList<string> All = [.. Truths().Concat(Others()).Distinct()];

    private static IEnumerable<string> Truths() =>
    [
        "yes", "no", .. Enumerable.Range(0, OtherWords.MostCounted).Select(n => n.ToString()),
        .. Menagerie.All.Select(animal => animal.Name), .. Looks.All.Select(look => look.Words), .. Menagerie.EyeColors,
        .. Atlas.All.Select(place => place.Name),
    ];

    private static IEnumerable<string> Others() =>
    [
        OtherWords.MostCounted.ToString(), .. Menagerie.All.SelectMany(animal => animal.OtherNames), .. OtherWords.AllForColors(),
        .. Atlas.All.SelectMany(place => place.OtherNames), Outside,
    ];
}

using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Questions;

/// <summary>How questions are worded, each kind in several ways.</summary>
internal static class Phrasing
{
    public static IReadOnlyList<string> Animal() =>
        ["what is on the picture", "what is in the picture", "what animal is on the picture", "which animal is this"];

    public static IReadOnlyList<string> Color(AnimalGroup group) =>
    [
        $"what color {Is(group)} the {Noun(group)}", $"which color {Does(group)} the {Noun(group)} have",
        $"what is the color of the {Noun(group)}",
    ];

    public static IReadOnlyList<string> EyeColor(string animal) =>
        [$"what color are the {animal}'s eyes", $"what color are the eyes of the {animal}", $"what is the eye color of the {animal}"];

    public static IReadOnlyList<string> Choice(string first, string second) =>
        [$"is the animal in the picture {first} or {second}", $"is this {first} or {second}", $"do you see {first} or {second}"];

    public static IReadOnlyList<string> Count(string animals) =>
        [$"how many {animals} are on the picture", $"how many {animals} are there", $"how many {animals} do you see"];

    public static IReadOnlyList<string> Ears(string animal) =>
        [$"how many ears does the {animal} have", $"how many ears of the {animal} can you see", $"how many ears does the {animal} show"];

    public static IReadOnlyList<string> Place(AnimalGroup group) =>
    [
        $"where {Is(group)} the {Noun(group)}", $"where {Is(group)} the {Noun(group)} standing",
        "where was the picture taken", "what place is this",
    ];

    public static IReadOnlyList<string> Presence(string animal) =>
        [$"is there {animal} on the picture", $"is there {animal} in the picture", $"do you see {animal}", $"can you see {animal}"];

    public static IReadOnlyList<string> ColorCheck(AnimalGroup group, string words) =>
        [$"{Is(group)} the {Noun(group)} {words}", $"is the color of the {Noun(group)} {words}"];

    /// <summary>One of the ways, half of the time as VQAv2 writes it (capital, question mark), otherwise as people type it.</summary>
    public static string Pick(IReadOnlyList<string> ways, SeededRandom random)
    {
        var text = random.Pick(ways);
        return random.Chance(0.5) ? $"{char.ToUpperInvariant(text[0])}{text[1..]}?" : text;
    }

    private static string Noun(AnimalGroup group) => group.Count == 1 ? group.Animal.Name : group.Animal.Plural;

    private static string Is(AnimalGroup group) => group.Count == 1 ? "is" : "are";

    private static string Does(AnimalGroup group) => group.Count == 1 ? "does" : "do";
}

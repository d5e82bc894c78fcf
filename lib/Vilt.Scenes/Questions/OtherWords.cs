using Vilt.Scenes.Animals;

namespace Vilt.Scenes.Questions;

/// <summary>What people write instead of the usual answer.</summary>
internal static class OtherWords
{
    public const int MostCounted = 5;

    private static readonly Dictionary<string, IReadOnlyList<string>> OfColors = new()
    {
        ["gray"] = ["grey", "silver"],
        ["white"] = ["cream", "gray"],
        ["black"] = ["dark", "dark gray"],
        ["brown"] = ["tan", "dark brown"],
        ["orange"] = ["red", "golden"],
        ["yellow"] = ["gold", "golden"],
        ["pink"] = ["light pink", "purple"],
        ["blue"] = ["light blue", "gray"],
        ["green"] = ["light green", "blue"],
    };

    /// <summary>For a plain color, its neighbors; for two colors, the reverse order and each alone.</summary>
    public static IReadOnlyList<string> ForColor(string words) =>
        words.Split(" and ") is [var first, var second] ? [$"{second} and {first}", first, second] : OfColors[words];

    /// <summary>Miscounts by one.</summary>
    public static IReadOnlyList<string> ForCount(int count, int least, int most) =>
        [.. new[] { count - 1, count + 1 }.Where(n => n >= least && n <= most).Select(n => n.ToString())];

    public static IReadOnlyList<string> ForYesNo(bool truth) => [truth ? "no" : "yes"];

    /// <summary>Every other word for a color, in a stable order.</summary>
    public static IEnumerable<string> AllForColors() =>
        Looks.All.Select(look => look.Words).Concat(Menagerie.EyeColors).SelectMany(ForColor);
}

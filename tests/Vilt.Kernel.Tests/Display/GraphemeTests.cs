using Vilt.Kernel.Display;
using Vilt.Kernel.Tests.Display.Views;

namespace Vilt.Kernel.Tests.Display;

public sealed class GraphemeTests
{
    private const string Family = "👨‍👩‍👧";
    private const string Accented = "e\u0301";

    [Theory]
    [InlineData("😀")]
    [InlineData(Family)]
    [InlineData(Accented)]
    [InlineData("🇩🇪")]
    public void A_cell_is_cut_between_characters(string character)
    {
        var text = Shown.Text(new[] { new { Text = string.Concat(Enumerable.Repeat(character, 70)) } });
        Assert.Equal("Text\n" + string.Concat(Enumerable.Repeat(character, 59)) + "…", text);
        Assert.DoesNotContain("…", Shown.Text(new[] { new { Text = string.Concat(Enumerable.Repeat(character, 60)) } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_aligned_by_what_is_seen() =>
        Assert.Equal($"A  B\n{Accented}  1\nx  2", Shown.Text(new[] { new { A = Accented, B = 1 }, new { A = "x", B = 2 } }));

    [Theory]
    [InlineData("😀", 1)]
    [InlineData(Family, 2)]
    [InlineData(Family, 3)]
    [InlineData(Accented, 1)]
    [InlineData("🇩🇪", 2)]
    public async Task Streams_are_parted_between_characters(string character, int at)
    {
        using var session = new Session();
        var outputs = await session.RunAsync($$"""
            var text = string.Concat(Enumerable.Repeat("{{character}}", 40_000));
            var half = text.Length - {{character.Length - at}};
            Console.Write(text[..half]);
            Console.Write(text[half..]);
            """);
        var parts = outputs.Cast<StreamOutput>().Select(output => output.Text).ToList();
        Assert.True(parts.Count > 1);
        Assert.Equal(string.Concat(Enumerable.Repeat(character, 40_000)), string.Concat(parts));
        Assert.All(parts, part => Assert.Equal(0, part.Length % character.Length));
    }

    [Fact]
    public async Task A_joiner_waits_for_what_it_joins()
    {
        using var session = new Session();
        var outputs = await session.RunAsync("Console.Write(\"ab👨\\u200d\"); await Task.Delay(2000); Console.Write(\"👧c\");");
        Assert.Equal(["ab", "👨\u200d👧c"], outputs.Cast<StreamOutput>().Select(output => output.Text));
    }

    [Fact]
    public async Task Half_a_character_waits_for_its_other_half()
    {
        using var session = new Session();
        var outputs = await session.RunAsync("Console.Write(\"ab\\ud83d\"); await Task.Delay(200); Console.Write(\"\\ude00c\");");
        Assert.Equal(["ab", "😀c"], outputs.Cast<StreamOutput>().Select(output => output.Text));
    }
}

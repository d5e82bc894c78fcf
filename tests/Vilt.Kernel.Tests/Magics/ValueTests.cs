using Vilt.Kernel.Display;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Tests.Magics;

public sealed class ValueTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("values").FullName;
    private readonly Session session;

    public ValueTests() => session = new(folder);

    public void Dispose()
    {
        session.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Set_declares_a_variable()
    {
        await session.RunAsync("#!set --name url --value https://example.com\n#!set --value \"one \\\"two\\\" three\" --name words");
        Assert.Equal("https://example.com one \"two\" three", await session.ValueAsync("$\"{url} {words}\""));
        await session.RunAsync("#!set --name copy --value @csharp:url\n#!set --name json --value \"[1, 2]\" --mime-type application/json");
        Assert.Equal("https://example.com 2", await session.ValueAsync("$\"{copy} {json.RootElement[1]}\""));
    }

    [Fact]
    public async Task Value_keeps_texts_files_and_shows_what_has_a_type()
    {
        File.WriteAllText(Path.Combine(folder, "zoo.csv"), "name,legs\nzebra,4");
        await session.RunAsync("#!value --name text\nname: \"zebra\n  legs: 4\n#!value --name file --from-file zoo.csv\n#!value --name inline --from-value 7");
        await session.RunAsync("#!set --name a --value @value:text\n#!set --name b --value @value:file\n#!set --name c --value @value:inline");
        Assert.Equal("name: \"zebra\n  legs: 4|name,legs\nzebra,4|7", await session.ValueAsync("$\"{a}|{b}|{c}\""));
        var shown = await session.RunAsync<DisplayData>("#!value --name data --mime-type application/json\n{\"legs\": 4}");
        Assert.Equal(4, shown.Bundle.Data["application/json"].GetProperty("legs").GetInt32());
        await session.RunAsync("#!set --name d --value @value:data");
        Assert.Equal("4", await session.ValueAsync("d.RootElement.GetProperty(\"legs\").GetInt32()"));
    }

    [Theory]
    [InlineData("#!set --name x --value @value:none", "#!value has stored nothing named `none`")]
    [InlineData("#!set --name x --value @fsharp:y", "There is no kernel `fsharp` here")]
    [InlineData("#!share --from fsharp x", "#!share takes a value from another language's kernel, but this kernel runs only C#: use the variable itself")]
    [InlineData("#!share x", "#!share needs --from")]
    [InlineData("#!value --name x --from-file none.csv", "none.csv")]
    [InlineData("#!value --name x --from-value a\ntext", "#!value takes one text")]
    public async Task What_is_not_there_is_told(string code, string message) =>
        Assert.Contains(message, (await session.RunAsync<CellError>(code)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Input_and_passwords_are_asked_for()
    {
        using var engine = new CSharpEngine(folder);
        var asked = new List<string>();
        var outputs = new List<CellOutput>();
        async Task RunAsync(string code) => Assert.Null(await engine.RunAsync(
            new Cell("id", 1, code) { Input = (prompt, password) => Answer(asked, prompt, password) }, outputs.Add, TestContext.Current.CancellationToken));
        await RunAsync("#!set --name city --value @input:\"Which city?\"\n#!set --name key --value @password:{\"prompt\": \"Key?\", \"type\": \"text\"}");
        await RunAsync("#!set --name other --value @input\ndisplay($\"{city} {other} {key} {key.GetClearTextPassword()}\");");
        Assert.Equal(["Which city?", "Key? (hidden)", "Please enter a value for --value."], asked);
        Assert.Equal("answer 1 answer 3 ************ answer 2", Session.Text(Assert.IsType<DisplayData>(Assert.Single(outputs)).Bundle));
    }

    [Fact]
    public async Task Input_where_nobody_can_be_asked_is_told() =>
        Assert.Contains("Run it in a notebook front end", (await session.RunAsync<CellError>("#!set --name x --value @input")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Share_takes_what_value_kept_and_renames_variables()
    {
        await session.RunAsync("#!value --name text\nzebra\n#!share text --from value\n#!share --from value text --as word\n#!csharp\nvar legs = 4;");
        await session.RunAsync("#!share legs --from csharp\n#!share legs --from csharp --as feet");
        Assert.Equal("zebra zebra 4 4", await session.ValueAsync("$\"{text} {word} {legs} {feet}\""));
    }

    [Fact]
    public async Task Parameters_that_papermill_puts_below_the_tagged_cell_take_the_place_of_its_values()
    {
        await session.RunAsync("var count = 3;\nvar name = \"zebra\";\nvar limits = new[] { 1, 2 };\nvar isLong = false;");
        await session.RunAsync("""
            // Parameters
            var count = 4000000000L;
            var name = "a \"snake\"";
            var limits = new [] { 0.5, 2 };
            var isLong = true;
            var options = new Dictionary<string,Object>{ { "legs" , 0 }, { "tags" , new [] { "a", "b" } } };
            """);
        Assert.Equal("4000000000 a \"snake\" 2.5 True 2", await session.ValueAsync("$\"{count} {name} {limits.Sum()} {isLong} {options.Count}\""));
    }

    private static string Answer(List<string> asked, string prompt, bool password)
    {
        asked.Add(password ? $"{prompt} (hidden)" : prompt);
        return $"answer {asked.Count}";
    }
}

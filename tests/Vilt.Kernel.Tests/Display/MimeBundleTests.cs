using System.Text.Json;
using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Display;

public sealed class MimeBundleTests
{
    [Fact]
    public void Has_every_preferred_type_and_plain_text()
    {
        Formatter.SetPreferredMimeTypesFor(typeof(Elephant), "image/png", "application/vnd.zoo.v1+json");
        Formatter.Register<Elephant>((_, writer) => writer.Write("cG5n"), "image/png");
        Formatter.Register<Elephant>((_, writer) => writer.Write("{\"ears\":2}"), "application/vnd.zoo.v1+json");
        Formatter.Register<Elephant>((_, writer) => writer.Write("elephant"), "text/plain");
        var data = MimeBundle.From(new Elephant()).Data;
        Assert.Equal(["application/vnd.zoo.v1+json", "image/png", "text/plain"], data.Keys.Order());
        Assert.Equal("cG5n", data["image/png"].GetString());
        Assert.Equal("elephant", data["text/plain"].GetString());
    }

    [Fact]
    public void Json_types_are_json_and_not_strings()
    {
        var data = MimeBundle.As("{\"data\":[1,2]}", "application/vnd.plotly.v1+json").Data;
        Assert.Equal(JsonValueKind.Object, data["application/vnd.plotly.v1+json"].ValueKind);
        Assert.Equal(JsonValueKind.Array, MimeBundle.As("[1]", "application/json").Data["application/json"].ValueKind);
    }

    [Fact]
    public async Task The_style_sheet_comes_once_and_again_only_with_the_cell_that_has_it()
    {
        using var session = new Session();
        Assert.True(HasStyle(await session.RunAsync("new[] { 1, 2 }", "first")));
        Assert.False(HasStyle(await session.RunAsync("new[] { 1, 2 }", "second")));
        Assert.True(HasStyle(await session.RunAsync("new[] { 1, 2 }", "first")));
        Assert.False(HasStyle(await session.RunAsync("new[] { 1, 2 }", "second")));
    }

    private static bool HasStyle(IReadOnlyList<CellOutput> outputs) =>
        Assert.IsType<ExecuteResult>(Assert.Single(outputs)).Bundle.Data["text/html"].GetString()!.Contains("<style>", StringComparison.Ordinal);

    private sealed class Elephant;
}

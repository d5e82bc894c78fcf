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
    public async Task An_exception_in_a_formatter_is_the_cells_error_and_the_next_cell_runs()
    {
        using var session = new Session();
        await session.RunAsync("""
            using Microsoft.DotNet.Interactive.Formatting;
            class Bad { }
            Formatter.Register<Bad>(bad =>
                throw new InvalidTimeZoneException("no time"), "text/html");
            """);
        var error = await session.RunAsync<CellError>("new Bad()");
        Assert.Equal("FormattingException", error.Name);
        Assert.Equal("A value of type Bad can't be shown as text/html: no time", error.Message);
        Assert.Contains("   at cell 1, line 4", error.Traceback);
        Assert.Equal(2, (await session.RunAsync<CellError>("\ndisplay(new Bad());")).Line);
        Assert.Equal("3", await session.ValueAsync("1 + 2"));
    }

    [Fact]
    public void A_json_type_with_what_is_no_json_names_the_type()
    {
        Formatter.Register<Mouse>(_ => "{", "application/json");
        var exception = Assert.Throws<FormattingException>(() => MimeBundle.From(new Mouse(), "application/json"));
        Assert.StartsWith("A value of type Mouse can't be shown as application/json: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_named_as_CSharp_does()
    {
        Formatter.Register<List<Mouse>>(_ => "{", "application/json");
        var exception = Assert.Throws<FormattingException>(() => MimeBundle.From(new List<Mouse>(), "application/json"));
        Assert.StartsWith("A value of type List<Mouse> can't be shown", exception.Message, StringComparison.Ordinal);
    }

    private sealed class Mouse;

    private sealed class Elephant;
}

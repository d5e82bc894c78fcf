using System.Text.Json.Nodes;
using Vilt.Kernel.Tests.Wire;

namespace Vilt.Kernel.Tests.Handlers;

public sealed class HistoryTests : IClassFixture<HistoryTests.KernelWithHistory>
{
    private readonly KernelClient client;

    public HistoryTests(KernelWithHistory fixture) => client = fixture.Kernel.Client;

    [Theory]
    [InlineData("""{"hist_access_type":"tail","n":2}""", "4 5")]
    [InlineData("""{"hist_access_type":"tail","n":99}""", "1 2 3 4 5")]
    [InlineData("""{"hist_access_type":"range","session":0,"start":2,"stop":4}""", "2 3")]
    [InlineData("""{"hist_access_type":"range","session":1,"start":4}""", "4 5")]
    [InlineData("""{"hist_access_type":"range","session":0,"start":-2}""", "4 5")]
    [InlineData("""{"hist_access_type":"range","session":0,"start":1,"stop":-3}""", "1 2")]
    [InlineData("""{"hist_access_type":"range","session":-1,"start":0}""", "")]
    [InlineData("""{"hist_access_type":"search","pattern":"1 + ?"}""", "1 3 5")]
    [InlineData("""{"hist_access_type":"search","pattern":"*"}""", "1 2 3 4 5")]
    [InlineData("""{"hist_access_type":"search","pattern":"+"}""", "")]
    [InlineData("""{"hist_access_type":"search","pattern":"1 + *","n":2}""", "3 5")]
    [InlineData("""{"hist_access_type":"search","pattern":"1 + *","unique":true}""", "3 5")]
    [InlineData("""{"hist_access_type":"search","pattern":"1 + *","unique":true,"n":1}""", "5")]
    public void Gives_the_lines_asked_for(string request, string lines)
    {
        var history = History(JsonNode.Parse(request)!.AsObject());
        Assert.Equal(lines, string.Join(' ', history.Select(line => line![1]!.ToString())));
        Assert.All(history, line => Assert.Equal("1", line![0]!.ToString()));
    }

    [Fact]
    public void Gives_code_alone_or_with_its_value()
    {
        Assert.Equal("""[[1,4,"var x = 7;"],[1,5,"1 + 2"]]""", History(new() { ["hist_access_type"] = "tail", ["n"] = 2 }).ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));
        var withOutput = History(new() { ["hist_access_type"] = "tail", ["n"] = 2, ["output"] = true });
        Assert.Equal(["""["var x = 7;",null]""", """["1 + 2","3"]"""], withOutput.Select(line => line![2]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal)));
    }

    private JsonArray History(JsonObject request) => client.Ask("history_request", request).Reply.Content["history"]!.AsArray();

    public sealed class KernelWithHistory : IDisposable
    {
        public KernelWithHistory()
        {
            foreach (var code in new[] { "1 + 1", "2 + 2", "1 + 1", "var x = 7;", "1 + 2" })
            {
                Kernel.Client.Execute(code);
            }
        }

        internal RunningKernel Kernel { get; } = new();

        public void Dispose() => Kernel.Dispose();
    }
}

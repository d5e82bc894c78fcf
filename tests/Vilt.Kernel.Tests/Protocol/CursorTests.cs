using Vilt.Kernel.Tests.Wire;

namespace Vilt.Kernel.Tests.Protocol;

/// <summary>Positions on the wire count code points: a face is one, though .NET's strings have two units for it.</summary>
public sealed class CursorTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private const string Faces = "/* 😀😀 */ ";

    [Fact]
    public void Completion_takes_and_gives_code_points()
    {
        const string Code = Faces + "Console.WriteL";
        var points = Code.EnumerateRunes().Count();
        var reply = kernel.Client.Ask("complete_request", new() { ["code"] = Code + "; int after;", ["cursor_pos"] = points }).Reply;
        Assert.Contains("WriteLine", reply.Content["matches"]!.AsArray().Select(match => match!.ToString()));
        Assert.Equal(points - "WriteL".Length, reply.Content["cursor_start"]!.GetValue<int>());
        Assert.Equal(points, reply.Content["cursor_end"]!.GetValue<int>());
    }

    [Fact]
    public void Inspection_takes_code_points()
    {
        const string Code = Faces + "Console.WriteLine(1)";
        var content = new System.Text.Json.Nodes.JsonObject { ["code"] = Code, ["cursor_pos"] = Faces.EnumerateRunes().Count() + 10, ["detail_level"] = 0 };
        var reply = kernel.Client.Ask("inspect_request", content).Reply;
        Assert.Equal("true", reply.Text("found"));
        Assert.Contains("WriteLine", reply.Content["data"]!["text/plain"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(1_000_000)]
    public void A_position_outside_the_code_is_moved_into_it(int position)
    {
        var reply = kernel.Client.Ask("complete_request", new() { ["code"] = "😀", ["cursor_pos"] = position }).Reply;
        Assert.Equal("ok", reply.Status);
        Assert.InRange(reply.Content["cursor_end"]!.GetValue<int>(), 0, 1);
    }
}

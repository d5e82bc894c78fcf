using Microsoft.CodeAnalysis.CSharp;
using Vilt.Kernel.Tests.Wire;

namespace Vilt.Kernel.Tests.Protocol;

public sealed class KernelInfoTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    [Fact]
    public void Names_the_protocol_and_the_language()
    {
        var run = kernel.Client.Ask("kernel_info_request", []);
        Assert.Equal(["busy", "idle"], run.Kinds);
        Assert.Equal("kernel_info_reply", run.Reply.Type);
        Assert.Equal("5.4", run.Reply.Text("protocol_version"));
        var language = run.Reply.Content["language_info"]!;
        Assert.Equal("C#", language["name"]!.ToString());
        Assert.Equal(".cs", language["file_extension"]!.ToString());
        Assert.Equal("text/x-csharp", language["mimetype"]!.ToString());
        Assert.Equal("csharp", language["pygments_lexer"]!.ToString());
        Assert.Equal(LanguageVersion.Latest.MapSpecifiedToEffectiveVersion().ToDisplayString(), language["version"]!.ToString());
    }

    [Fact]
    public void Is_answered_on_the_control_channel_too()
    {
        var id = kernel.Client.Send(kernel.Client.Control, "kernel_info_request", []);
        Assert.Equal("ok", kernel.Client.Reply(kernel.Client.Control, id).Status);
    }

    [Fact]
    public void Answers_have_the_whole_header_of_the_request_as_parent()
    {
        var parent = kernel.Client.Ask("kernel_info_request", []).Reply.Parent;
        Assert.Equal("reader", parent["username"]!.ToString());
        Assert.Equal("2026-01-01T00:00:00Z", parent["date"]!.ToString());
    }
}

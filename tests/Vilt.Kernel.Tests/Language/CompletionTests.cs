using Vilt.Kernel.Language;

namespace Vilt.Kernel.Tests.Language;

public sealed class CompletionTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task Members_come_with_signature_and_documentation()
    {
        var completions = await CompleteAsync("var a = 1;\nConsole.WriteL|;");
        var item = Assert.Single(completions.Items);
        Assert.Equal(("WriteLine", "method"), (item.Text, item.Kind));
        Assert.Contains("void Console.WriteLine(", item.Signature, StringComparison.Ordinal);
        Assert.Contains("standard output", item.Documentation, StringComparison.Ordinal);
        Assert.Equal((19, 25), (completions.Start, completions.End));
    }

    private Task<Completions> CompleteAsync(string marked) => session.Language.CompleteAsync(
        marked.Remove(marked.IndexOf('|', StringComparison.Ordinal), 1), marked.IndexOf('|', StringComparison.Ordinal),
        TestContext.Current.CancellationToken);
}

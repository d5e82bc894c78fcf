namespace Vilt.Kernel.Tests.Wire;

/// <summary>What came of a request: its reply, and all that was published for it up to idle.</summary>
internal sealed record Run(Received Reply, IReadOnlyList<Received> Published)
{
    public IEnumerable<string> Kinds => Published.Select(message => message.Kind);

    /// <summary>All text of one stream.</summary>
    public string Stream(string name) => string.Concat(
        Published.Where(message => message.Type == "stream" && message.Text("name") == name).Select(message => message.Text("text")));

    /// <summary>The plain text of the result.</summary>
    public string Value =>
        Assert.Single(Published, message => message.Type == "execute_result").Content["data"]!["text/plain"]!.GetValue<string>();
}

using System.Text.Json.Serialization.Metadata;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Handlers;

/// <summary>A message that asks for something.</summary>
/// <param name="Channel">Where it came from and where its reply goes.</param>
/// <param name="Message">The message.</param>
internal sealed record Request(ChannelName Channel, WireMessage Message)
{
    private const string Suffix = "_request";

    public string Type => Message.Header.MsgType;

    /// <summary>The type of the reply.</summary>
    public string ReplyType => Type.EndsWith(Suffix, StringComparison.Ordinal) ? Type[..^Suffix.Length] + "_reply" : Type + "_reply";

    /// <summary>How the sender counts positions in a cell's code.</summary>
    public CursorPositions Positions(string code) => new(code, AreUtf16: JupyterExtension.IsFrom(Message.Header));

    /// <exception cref="System.Text.Json.JsonException">The content is not of this type.</exception>
    public T Content<T>(JsonTypeInfo<T> type) => Message.Content(type);
}

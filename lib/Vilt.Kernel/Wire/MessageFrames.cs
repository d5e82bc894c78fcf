using System.Text.Json;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Wire;

/// <summary>
/// Messages as ZeroMQ frames: identities, the delimiter, the signature, header, parent header, metadata, content, and buffers,
/// which this kernel has no use for (jupyter_client's messaging document, "The wire protocol").
/// </summary>
internal static class MessageFrames
{
    private const int PartsAfterDelimiter = 5;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();

    public static IReadOnlyList<byte[]> Write(WireMessage message, MessageSigner signer)
    {
        var signature = signer.Sign(message.HeaderJson, message.ParentJson, message.MetadataJson, message.ContentJson);
        return
        [
            .. message.Identities, Delimiter, signature,
            message.HeaderJson, message.ParentJson, message.MetadataJson, message.ContentJson,
        ];
    }

    /// <exception cref="MalformedMessageException">The frames are not a message, or its signature is wrong.</exception>
    public static WireMessage Read(IReadOnlyList<byte[]> frames, MessageSigner signer)
    {
        var start = 0;
        while (start < frames.Count && !frames[start].AsSpan().SequenceEqual(Delimiter))
        {
            start++;
        }

        if (frames.Count - start - 1 < PartsAfterDelimiter)
        {
            throw new MalformedMessageException($"{frames.Count} frames, of which {PartsAfterDelimiter} were expected after <IDS|MSG>");
        }

        var (signature, header, parent, metadata, content) =
            (frames[start + 1], frames[start + 2], frames[start + 3], frames[start + 4], frames[start + 5]);
        if (!signer.IsSigned(signature, header, parent, metadata, content))
        {
            throw new MalformedMessageException("its signature is wrong");
        }

        return new([.. frames.Take(start)], ReadHeader(header), header, parent, metadata, content);
    }

    private static MessageHeader ReadHeader(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ProtocolJson.Default.MessageHeader) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new MalformedMessageException($"its header cannot be read: {exception.Message}");
        }
    }
}

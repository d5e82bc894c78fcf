using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Wire;

/// <summary>A message as it travels: its JSON parts are kept as they came, and read by those who know their type.</summary>
/// <param name="Identities">The way back to the sender; on iopub the topic.</param>
/// <param name="Header">The header that <paramref name="HeaderJson"/> holds.</param>
/// <param name="HeaderJson">The header with all its fields, which answers give back as their parent.</param>
/// <param name="ParentJson">The header of the message that this one answers; <c>{}</c> for none.</param>
/// <param name="MetadataJson">An object.</param>
/// <param name="ContentJson">An object whose fields depend on the type.</param>
internal sealed record WireMessage(
    IReadOnlyList<byte[]> Identities, MessageHeader Header, byte[] HeaderJson, byte[] ParentJson, byte[] MetadataJson, byte[] ContentJson)
{
    public static readonly byte[] EmptyObject = "{}"u8.ToArray();

    public static WireMessage Create(IReadOnlyList<byte[]> identities, MessageHeader header, byte[] parent, object content) => new(
        identities,
        header,
        JsonSerializer.SerializeToUtf8Bytes(header, ProtocolJson.Default.MessageHeader),
        parent,
        EmptyObject,
        JsonSerializer.SerializeToUtf8Bytes(content, content.GetType(), ProtocolJson.Default));

    /// <exception cref="JsonException">The content is not of this type.</exception>
    public T Content<T>(JsonTypeInfo<T> type) => Read(ContentJson, type);

    /// <exception cref="JsonException">The metadata is not of this type.</exception>
    public T Metadata<T>(JsonTypeInfo<T> type) => Read(MetadataJson, type);

    private static T Read<T>(byte[] json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException("an object was expected, not null");
}

using System.Text;
using Vilt.Kernel.Protocol;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Handlers;

/// <summary>Turns contents into messages, signs them and sends them in order.</summary>
internal sealed class MessageSender(KernelSockets sockets, MessageSigner signer)
{
    private readonly Backlog backlog = new(() => sockets.Waiting);

    /// <summary>Waits a limited time for room for an output. Where there is none, the output must be left out.</summary>
    public bool HasRoom() => backlog.HasRoom();

    /// <summary>Answers a request on its channel.</summary>
    public void Reply(Request request, object content) =>
        Send(request.Channel, request.ReplyType, content, request.Message.Identities, request.Message.HeaderJson);

    /// <summary>Tells everybody.</summary>
    /// <param name="type">The type of the message.</param>
    /// <param name="content">Its content.</param>
    /// <param name="parent">The request that caused it, if any.</param>
    public void Publish(string type, object content, Request? parent) =>
        Send(ChannelName.Iopub, type, content, [Encoding.UTF8.GetBytes(type)], parent?.Message.HeaderJson ?? WireMessage.EmptyObject);

    /// <summary>Tells everybody whether the kernel works on a request.</summary>
    public void Status(string state, Request? parent) => Publish("status", new KernelStatus(state), parent);

    /// <summary>Tells a new subscriber that it hears the kernel, before it hears anything else. Call it where its message arrived.</summary>
    public void Welcome(string topic)
    {
        const string Type = "iopub_welcome";
        var message = WireMessage.Create([Encoding.UTF8.GetBytes(Type)], MessageHeader.Create(Type), WireMessage.EmptyObject, new IopubWelcome(topic));
        sockets.SendFirst(ChannelName.Iopub, MessageFrames.Write(message, signer));
    }

    /// <summary>Asks the front end that a request came from. Its sockets have the same identity on all channels.</summary>
    public void Ask(Request request, InputRequest content) =>
        Send(ChannelName.Stdin, "input_request", content, request.Message.Identities, request.Message.HeaderJson);

    private void Send(ChannelName channel, string type, object content, IReadOnlyList<byte[]> identities, byte[] parent)
    {
        var message = WireMessage.Create(identities, MessageHeader.Create(type), parent, content);
        sockets.Send(channel, MessageFrames.Write(message, signer));
    }
}

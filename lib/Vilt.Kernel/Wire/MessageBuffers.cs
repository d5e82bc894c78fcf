using NetMQ;

namespace Vilt.Kernel.Wire;

/// <summary>
/// Counts what waits in the sockets. Each message takes its buffer from here and returns it when its last reader has got it or is gone.
/// </summary>
internal sealed class MessageBuffers : IBufferPool
{
    private static readonly MessageBuffers Installed = Replace();
    private long waiting;

    /// <summary>The bytes that wait in all sockets of this process.</summary>
    public static long Waiting => Interlocked.Read(ref Installed.waiting);

    /// <summary>Starts to count. Call it before the first socket is made.</summary>
    public static void Install() => _ = Installed;

    public byte[] Take(int size)
    {
        Interlocked.Add(ref waiting, size);
        return new byte[size];
    }

    public void Return(byte[] buffer) => Interlocked.Add(ref waiting, -buffer.Length);

    public void Dispose()
    {
    }

    private static MessageBuffers Replace()
    {
        var buffers = new MessageBuffers();
        BufferPool.SetCustomBufferPool(buffers);
        return buffers;
    }
}

using System.Net;
using System.Net.Sockets;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Tests.Wire;

/// <summary>
/// Connections to ports that nothing else takes before the kernel listens: they lie below those that systems hand out, and none is given
/// twice.
/// </summary>
internal static class Ports
{
    private const int First = 10_000, Last = 32_767;

    private static int given = Random.Shared.Next(Last - First); // Other test programs run at the same time.

    public static ConnectionFile Connection(string key = "a key of the tests") => new(Free(), Free(), Free(), Free(), Free(), key);

    private static int Free()
    {
        int port;
        do
        {
            port = First + Interlocked.Increment(ref given) % (Last - First + 1);
        }
        while (!IsFree(port));

        return port;
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

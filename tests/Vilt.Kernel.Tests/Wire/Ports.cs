using System.Net;
using System.Net.Sockets;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Tests.Wire;

/// <summary>Connections to ports that are free at the moment.</summary>
internal static class Ports
{
    public static ConnectionFile Connection(string key = "a key of the tests")
    {
        var listeners = Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        listeners.ForEach(listener => listener.Dispose());
        return new(ports[0], ports[1], ports[2], ports[3], ports[4], key);
    }
}

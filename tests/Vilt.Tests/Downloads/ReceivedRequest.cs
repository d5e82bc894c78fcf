using Microsoft.AspNetCore.Http;

namespace Vilt.Tests.Downloads;

/// <summary>What a test wants to know of a request that a server got.</summary>
internal sealed record ReceivedRequest(string Method, string Path, int Port, string Authorization, string Range)
{
    public ReceivedRequest(HttpContext context)
        : this(context.Request.Method, context.Request.Path.Value!, context.Connection.LocalPort, context.Request.Headers.Authorization.ToString(), context.Request.Headers.Range.ToString())
    {
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Vilt.Explorer.Access;

/// <summary>
/// Who may: only requests to this machine by a name of its own, from the page itself, with the token. The names keep out other sites'
/// names that lead here (DNS rebinding), the origin other sites' scripts and forms, the token other users of the machine.
/// </summary>
/// <param name="names">Names of hosts, apart from <c>localhost</c>.</param>
/// <param name="isOpen">Whether addresses other than loopback are good too.</param>
internal sealed class Gate(IReadOnlyCollection<string> names, bool isOpen)
{
    public const string Header = "X-Vilt-Token", Parameter = "token";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'self' http://localhost:* http://127.0.0.1:* https://localhost:* vscode-webview:";

    private readonly byte[] token = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(48, lowercase: true));

    /// <summary>What a request must bring.</summary>
    public string Token => Encoding.ASCII.GetString(token);

    /// <summary>The middleware.</summary>
    public Task Pass(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        CheckHost(context.Request.Host);
        CheckOrigin(context.Request);
        if (NeedsToken(context.Request))
        {
            CheckToken(context);
        }

        return next(context);
    }

    // The page's scripts and styles are the same for everyone, and a frame on another site's page gets them without a cookie.
    private static bool NeedsToken(HttpRequest request) =>
        request.Path == "/" || request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    private void CheckHost(HostString host)
    {
        var name = host.Host.Trim('[', ']');
        var isGood = IPAddress.TryParse(name, out var address)
            ? isOpen || IPAddress.IsLoopback(address)
            : name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || names.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (!isGood)
        {
            throw new Refusal(StatusCodes.Status403Forbidden,
                $"This page is not known as \"{name}\". Use the address that vilt explore printed; for a proxy, start it with --proxy-host {name}.");
        }
    }

    private static void CheckOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var isForeign = origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(Authority(request, uri), StringComparison.OrdinalIgnoreCase));
        if (isForeign || request.Headers["Sec-Fetch-Site"] == "cross-site" && request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            throw new Refusal(StatusCodes.Status403Forbidden, $"Only this page itself may ask, not {(origin.Length > 0 ? origin : "another site")}.");
        }
    }

    // A browser leaves a scheme's own port out of both.
    private static string Authority(HttpRequest request, Uri origin) =>
        new Uri($"{origin.Scheme}://{request.Host.Value}").Authority;

    private void CheckToken(HttpContext context)
    {
        var cookie = $"vilt-explore-{context.Request.Host.Port}"; // cookies don't tell ports apart
        if (IsToken(context.Request.Query[Parameter]))
        {
            context.Response.Cookies.Append(cookie, Token, new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = null });
        }
        else if (!IsToken(context.Request.Headers[Header]) && !IsToken(context.Request.Cookies[cookie]))
        {
            throw new Refusal(StatusCodes.Status403Forbidden, "The token is missing or wrong. Use the whole address that vilt explore printed, up to the end.");
        }
    }

    private bool IsToken(string? given) => given is { Length: > 0 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), token);
}

using System.Text.RegularExpressions;

namespace Vilt.Downloads;

/// <summary>Addresses as they may be printed: a name and password before the host, and a signed query, are secrets.</summary>
internal static partial class ShownAddress
{
    /// <summary>Scheme, host, port and path.</summary>
    internal static string Shown(this Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Another library's message, with names and passwords removed from its addresses.</summary>
    internal static string WithoutSecrets(string message) => Credentials().Replace(message, "//");

    [GeneratedRegex(@"//[^/\s@']*@")]
    private static partial Regex Credentials();
}

namespace Vilt.Checkpoints.Hub;

/// <summary>Where the hub is and where its files are kept, by the environment variables of Python's huggingface_hub.</summary>
/// <param name="Endpoint">The hub's address.</param>
/// <param name="Cache">The folder of downloaded files, shared with Python.</param>
/// <param name="Token">Identifies the user; null: anonymous.</param>
/// <param name="IsOffline">Whether only the cache may be used.</param>
internal sealed record HubSettings(Uri Endpoint, string Cache, string? Token = null, bool IsOffline = false)
{
    private const string Official = "https://huggingface.co";

    /// <summary>How a file of the cache is made to point to its content; where that fails, the content is copied.</summary>
    internal Action<string, string> Link { get; init; } = (path, target) => File.CreateSymbolicLink(path, target);

    /// <summary>Reads <c>HF_ENDPOINT</c>, <c>HF_HUB_CACHE</c>, <c>HF_HOME</c>, <c>HF_TOKEN</c> (or the token that
    /// <c>hf auth login</c> left) and <c>HF_HUB_OFFLINE</c>.</summary>
    /// <exception cref="InvalidDataException">The endpoint is not an address, or the token can't be one.</exception>
    internal static HubSettings FromEnvironment()
    {
        var endpoint = Variable("HF_ENDPOINT") ?? Official;
        if (!Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            var said = endpoint.Contains('@', StringComparison.Ordinal) ? "is not an address" : $"is \"{endpoint}\""; // A password may be in it.
            throw new InvalidDataException($"HF_ENDPOINT {said}; expected an address such as {Official}.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw new InvalidDataException(
                $"HF_ENDPOINT has a name or password before {uri.Authority}, which is never sent: leave it out, and use HF_TOKEN to sign in.");
        }

        var home = Expand(Variable("HF_HOME") ?? Path.Combine(Variable("XDG_CACHE_HOME") ?? "~/.cache", "huggingface"));
        var cache = Expand(Variable("HF_HUB_CACHE") ?? Variable("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(home, "hub"));
        var stored = Expand(Variable("HF_TOKEN_PATH") ?? Path.Combine(home, "token"));
        var token = Variable("HF_TOKEN") is { } named ? Checked("HF_TOKEN", named) : StoredToken(stored);
        return new(uri, cache, token, IsOn("HF_HUB_OFFLINE") || IsOn("TRANSFORMERS_OFFLINE"));
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;

    private static bool IsOn(string name) => Variable(name)?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

    private static string Expand(string path)
    {
        var expanded = Environment.ExpandEnvironmentVariables(path);
        var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.GetFullPath(expanded == "~" || expanded.StartsWith("~/", StringComparison.Ordinal) ? user + expanded[1..] : expanded);
    }

    private static string? StoredToken(string path) =>
        File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } token ? Checked(path, token) : null;

    /// <summary>A token that can be sent; one that can't is not printed either.</summary>
    private static string Checked(string source, string token) => token.All(character => character is > ' ' and <= '~')
        ? token
        : throw new InvalidDataException(
            $"{source} holds a line break, a space or a character that no token has; expected a token such as hf_abc… on one line.");
}

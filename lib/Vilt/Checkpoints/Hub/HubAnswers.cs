using System.Net;
using Vilt.Downloads;

namespace Vilt.Checkpoints.Hub;

/// <summary>Says what the hub means by an error response.</summary>
/// <param name="model">The model that was asked for.</param>
/// <param name="revision">And its revision.</param>
/// <param name="settings">The hub.</param>
internal sealed class HubAnswers(string model, string revision, HubSettings settings)
{
    private const string NoFile = "EntryNotFound";

    /// <summary>Whether a response says that the model exists but does not have this file.</summary>
    internal static bool IsMissingFile(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.NotFound
        && (Code(response) == NoFile || (Code(response) is null && response.Headers.Contains("X-Repo-Commit")));

    /// <summary>The error in words, or null if it is not one of the hub's own.</summary>
    internal string? Explain(HttpResponseMessage response) => (response.StatusCode, Code(response)) switch
    {
        (HttpStatusCode.NotFound, "RevisionNotFound") => $"{model} has no revision \"{revision}\" on {settings.Endpoint.Host}: see its branches and tags there.",
        (HttpStatusCode.NotFound, NoFile) => $"{model} on {settings.Endpoint.Host} lacks a file that was asked for: {Path(response)}.",
        (HttpStatusCode.Unauthorized, "GatedRepo") or (HttpStatusCode.Forbidden, _) =>
            $"{settings.Endpoint.Host} refuses {model} (403): accept its terms at {settings.Endpoint.Shown()}{model} "
                + $"with the account that HF_TOKEN belongs to{(settings.Token is null ? " (none is set)" : "")}; or the token has no right to read it.",
        (HttpStatusCode.Unauthorized, "RepoNotFound") or (HttpStatusCode.NotFound, _) => NoModel(),
        (HttpStatusCode.Unauthorized, _) => settings.Token is null
            ? NoModel()
            : $"{settings.Endpoint.Host} does not accept the token (401): see HF_TOKEN, or hf auth login.",
        _ => null,
    };

    private static string? Code(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Error-Code", out var values) ? values.First() : null;

    private static string? Path(HttpResponseMessage response) => response.RequestMessage?.RequestUri?.AbsolutePath;

    private string NoModel() => $"{settings.Endpoint.Host} has no model {model}, or it is private: check the name"
        + (settings.Token is null ? ", and set HF_TOKEN if the model is yours." : ", and whether the token of HF_TOKEN may read it.");
}

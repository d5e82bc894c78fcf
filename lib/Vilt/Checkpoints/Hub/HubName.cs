using System.Text.RegularExpressions;

namespace Vilt.Checkpoints.Hub;

/// <summary>The forms of names on the hub. They come from users and servers, and become parts of paths.</summary>
internal static partial class HubName
{
    /// <summary>Whether a text has the form of a model's name, <c>owner/name</c>.</summary>
    internal static bool IsModel(string text) => Model().IsMatch(text) && IsSafe(text);

    /// <summary>Whether a text may be a branch, a tag or a commit.</summary>
    internal static bool IsRevision(string text) => Revision().IsMatch(text) && IsSafe(text);

    /// <summary>Whether a text has the form of a commit's hash.</summary>
    internal static bool IsCommit(string text) => Commit().IsMatch(text);

    /// <summary>Whether an entity tag can be used as a file name.</summary>
    internal static bool IsTag(string text) => Tag().IsMatch(text);

    private static bool IsSafe(string text) => !text.Contains("..", StringComparison.Ordinal) && !text.Contains("--", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9_][\w.-]{0,95}/[A-Za-z0-9_][\w.-]{0,95}\z", RegexOptions.ECMAScript)]
    private static partial Regex Model();

    [GeneratedRegex(@"\A[A-Za-z0-9_][\w.-]*(/[\w-][\w.-]*)*\z", RegexOptions.ECMAScript)]
    private static partial Regex Revision();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex Tag();
}

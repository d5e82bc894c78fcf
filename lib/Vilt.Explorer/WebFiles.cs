using Microsoft.AspNetCore.Http;

namespace Vilt.Explorer;

/// <summary>The page's own files, which the program brings with it.</summary>
internal static class WebFiles
{
    private const string Page = "index.html";

    /// <summary>A file of the page.</summary>
    /// <param name="name">Its name; empty for the page itself.</param>
    public static IResult Get(string? name)
    {
        name = string.IsNullOrEmpty(name) ? Page : name;
        var stream = typeof(WebFiles).Assembly.GetManifestResourceStream(name);
        return stream is null ? throw new Refusal(StatusCodes.Status404NotFound, "There is no such page.") : TypedResults.Stream(stream, TypeOf(name));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/javascript; charset=utf-8",
    };
}

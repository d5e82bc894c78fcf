namespace Vilt.Kernel.Magics;

/// <summary>Adds a source of packages for the <c>#r "nuget: …"</c> that follow.</summary>
internal static class SourceMagic
{
    private const string Prefix = "nuget:";

    public static Task Run(MagicCall call)
    {
        var source = call.Part.Line.Words is [['"', .., '"'] quoted] ? MagicLine.Unquote(quoted).Trim() : "";
        var place = source.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? source[Prefix.Length..].Trim() : source;
        if (place.Length == 0)
        {
            throw new MagicException("The package source can't be read: write #i \"nuget: URL\" or #i \"nuget: folder\".");
        }

        call.Run.Session.AddSource(place.Contains("://", StringComparison.Ordinal) ? place : FolderOf(place, call.Run.Session.Folder));
        return Task.CompletedTask;
    }

    private static string FolderOf(string place, string notebook)
    {
        var folder = Path.GetFullPath(Path.Combine(notebook, place));
        return Directory.Exists(folder) ? folder
            : throw new MagicException($"There is no folder {folder} to take packages from: correct the path or write a URL.");
    }
}

using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Magics;

/// <summary>Runs the code of another file as part of the cell.</summary>
internal static class ImportMagic
{
    private const int Deepest = 20;

    public static async Task Run(MagicCall call)
    {
        var path = Path.GetFullPath(Path.Combine(call.Run.Session.Folder, call.Required("", "--file")));
        if (!File.Exists(path))
        {
            throw new MagicException($"There is no file {path} to import. Relative paths start at the notebook's folder.");
        }

        if (call.Run.Session.Importing.Count == Deepest || call.Run.Session.Importing.Contains(path))
        {
            throw new MagicException($"{Path.GetFileName(path)} imports itself by way of {string.Join(", ", call.Run.Session.Importing.Select(Path.GetFileName))}.");
        }

        call.Run.Session.Importing.Push(path);
        try
        {
            await RunFileAsync(call, path).ConfigureAwait(false);
        }
        finally
        {
            call.Run.Session.Importing.Pop();
        }
    }

    private static async Task RunFileAsync(MagicCall call, string path)
    {
        var file = Path.GetFileName(path);
        foreach (var (text, place) in ImportedFile.Read(path))
        {
            if (place.IsMarkdown)
            {
                await TextMagics.Markdown(new MagicCall(call.Part with { Text = text }, call.Run)).ConfigureAwait(false);
                continue;
            }

            var imported = call.Run.Cell with { Code = text, Part = place.Cell is { } number ? $"{file} cell {number}" : file };
            if (await call.Run.RunAsync(imported).ConfigureAwait(false) is { } error)
            {
                throw new CellCompilationException(error);
            }
        }
    }
}

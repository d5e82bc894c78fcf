using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Magics;

/// <summary>What magic commands know of a session and keep in it.</summary>
/// <param name="Folder">The notebook's folder, where relative paths start.</param>
/// <param name="AddSource">Adds a source of packages.</param>
/// <param name="Variables">Gives the cells' variables.</param>
internal sealed record MagicSession(string Folder, Action<string> AddSource, Func<IReadOnlyList<CellVariable>> Variables)
{
    /// <summary>The files that are being imported, the innermost first.</summary>
    public Stack<string> Importing { get; } = [];

    /// <summary>What <c>#!value</c> kept, by name: the text and its MIME type.</summary>
    public Dictionary<string, (string Text, string MimeType)> Values { get; } = [];
}

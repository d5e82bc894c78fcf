namespace Vilt.Kernel.Handlers;

/// <summary>
/// Cursor positions in a cell's code. The protocol counts code points; .NET counts UTF-16 units, and a code point beyond U+FFFF has
/// two of them.
/// </summary>
/// <param name="Code">The code.</param>
/// <param name="AreUtf16">Whether the front end counts UTF-16 units, as VS Code does.</param>
internal readonly record struct CursorPositions(string Code, bool AreUtf16)
{
    /// <summary>The UTF-16 position of a front end's position, within the code. Without one it is the code's end.</summary>
    public int ToUtf16(int? position)
    {
        if (position is not { } wanted || AreUtf16)
        {
            return Math.Clamp(position ?? Code.Length, 0, Code.Length);
        }

        var units = 0;
        for (var points = 0; points < wanted && units < Code.Length; points++)
        {
            units += char.IsSurrogatePair(Code, units) ? 2 : 1;
        }

        return units;
    }

    /// <summary>A UTF-16 position in the front end's units.</summary>
    public int FromUtf16(int position)
    {
        if (AreUtf16)
        {
            return position;
        }

        var points = 0;
        for (var units = 0; units < position && units < Code.Length; points++)
        {
            units += char.IsSurrogatePair(Code, units) ? 2 : 1;
        }

        return points;
    }
}

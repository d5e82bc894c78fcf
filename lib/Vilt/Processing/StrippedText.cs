using System.Text;

namespace Vilt.Processing;

/// <summary>
/// A text of lower-case characters that is decomposed, put into canonical order and stripped of non-spacing marks as it grows.
/// </summary>
/// <param name="capacity">About how long it will be, in UTF-16 units.</param>
internal sealed class StrippedText(int capacity)
{
    private readonly StringBuilder text = new(capacity);
    private readonly List<(int Class, Rune Mark)> marks = []; // not in order yet

    /// <summary>Appends what remains of a lower-case character.</summary>
    public void Append(Rune character)
    {
        if (AccentStripping.Decomposed(character) is not { } remaining)
        {
            AppendDecomposed(character);
            return;
        }

        foreach (var part in remaining.EnumerateRunes())
        {
            AppendDecomposed(part);
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        AppendMarks();
        return text.ToString();
    }

    private void AppendDecomposed(Rune character)
    {
        if (BertCharacters.IsMovingMark(character))
        {
            return;
        }

        if (BertCharacters.ClassOf(character) is > 0 and var order)
        {
            marks.Add((order, character));
            return;
        }

        AppendMarks();
        if (!BertCharacters.IsFixedMark(character))
        {
            text.Append(character);
        }
    }

    private void AppendMarks()
    {
        foreach (var (_, mark) in marks.OrderBy(mark => mark.Class))
        {
            text.Append(mark);
        }

        marks.Clear();
    }
}

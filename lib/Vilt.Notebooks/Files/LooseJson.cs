using System.Buffers;
using System.Globalization;

namespace Vilt.Notebooks.Files;

/// <summary>
/// JSON as Python's json module writes it, which RFC 8259 does not allow: NaN and Infinity, which become null, and halves of surrogate
/// pairs, which become U+FFFD as in every text that is written in UTF-8. Nothing else is changed.
/// </summary>
internal static class LooseJson
{
    private const int EscapeLength = 6; // \ud83d

    /// <summary>Turns loose JSON into strict JSON; what is neither stays as it is, for the parser to refuse.</summary>
    public static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> json)
    {
        var text = json.Span;
        var mended = new Mended(json);
        for (var i = 0; i < text.Length; i++)
        {
            var next = text[i..].IndexOfAny("\"NI"u8);
            if (next < 0)
            {
                break;
            }

            i += next;
            i = text[i] == '"' ? MendString(text, i + 1, mended) : MendNumber(text, i, mended);
        }

        return mended.ToMemory();
    }

    /// <summary>Mends a string, from after its opening quote on.</summary>
    /// <returns>Where its closing quote is.</returns>
    private static int MendString(ReadOnlySpan<byte> text, int i, Mended mended)
    {
        while (text[i..].IndexOfAny("\"\\"u8) is >= 0 and var next && text[i + next] == '\\')
        {
            i += next;
            var (unit, after) = (Unit(text, i), Unit(text, i + EscapeLength));
            if (unit is { } high && char.IsHighSurrogate(high) && after is { } low && char.IsLowSurrogate(low))
            {
                i += 2 * EscapeLength;
            }
            else if (unit is { } half && char.IsSurrogate(half))
            {
                mended.Replace(i, EscapeLength, "\\ufffd"u8);
                i += EscapeLength;
            }
            else
            {
                i = Math.Min(i + 2, text.Length); // Past what is escaped, which may be a quote.
            }
        }

        var quote = text[i..].IndexOf((byte)'"');
        return quote < 0 ? text.Length : i + quote;
    }

    private static int MendNumber(ReadOnlySpan<byte> text, int i, Mended mended)
    {
        var name = text[i] == 'N' ? "NaN"u8 : "Infinity"u8;
        if (!text[i..].StartsWith(name))
        {
            return i;
        }

        var sign = i > 0 && text[i - 1] == '-' ? 1 : 0;
        mended.Replace(i - sign, name.Length + sign, "null"u8);
        return i + name.Length - 1;
    }

    /// <summary>The UTF-16 unit that an escape at this place stands for.</summary>
    private static char? Unit(ReadOnlySpan<byte> text, int i) =>
        i + EscapeLength <= text.Length && text[i] == '\\' && text[i + 1] == 'u'
        && ushort.TryParse(text.Slice(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;

    /// <summary>A text with some pieces replaced, copied only if there are any.</summary>
    private sealed class Mended(ReadOnlyMemory<byte> text)
    {
        private readonly ArrayBufferWriter<byte> written = new();
        private int copied;

        public void Replace(int start, int length, ReadOnlySpan<byte> by)
        {
            written.Write(text.Span[copied..start]);
            written.Write(by);
            copied = start + length;
        }

        public ReadOnlyMemory<byte> ToMemory()
        {
            if (copied == 0)
            {
                return text;
            }

            written.Write(text.Span[copied..]);
            copied = text.Length;
            return written.WrittenMemory;
        }
    }
}

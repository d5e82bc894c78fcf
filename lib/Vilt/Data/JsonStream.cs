using System.Text.Json;

namespace Vilt.Data;

/// <summary>Reads one value; the reader is on the value's first token, and must be left on its last.</summary>
internal delegate T JsonRead<out T>(ref Utf8JsonReader json);

/// <summary>Reads a JSON stream token by token or value by value, holding no more of it than the current value.</summary>
internal sealed class JsonStream(Stream stream)
{
    private const int LongestValue = 1 << 26; // bytes; an annotation has about a thousand
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool isAtStart = true;
    private bool isComplete;
    private JsonReaderState state;

    /// <summary>The next token, or None after the last; a name's text goes into <paramref name="name"/>.</summary>
    public JsonTokenType Next(out string? name)
    {
        while (true)
        {
            var json = Reader();
            if (json.Read())
            {
                name = json.TokenType == JsonTokenType.PropertyName ? json.GetString() : null;
                Accept(ref json);
                return json.TokenType;
            }

            name = null;
            if (isComplete)
            {
                return JsonTokenType.None;
            }

            Fill();
        }
    }

    /// <summary>Reads the next value, once all of it is in the buffer.</summary>
    public T Value<T>(JsonRead<T> read)
    {
        var json = NextWholeValue();
        var value = read(ref json);
        Accept(ref json);
        return value;
    }

    /// <summary>Reads the next element of an array; false, past its end, if there is none left.</summary>
    public bool TryElement<T>(JsonRead<T> read, out T? element)
    {
        var json = NextWholeValue();
        var isElement = json.TokenType != JsonTokenType.EndArray;
        element = isElement ? read(ref json) : default;
        Accept(ref json);
        return isElement;
    }

    private Utf8JsonReader NextWholeValue()
    {
        while (true)
        {
            var json = Reader();
            var ahead = json;
            if (ahead.Read() && ahead.TrySkip())
            {
                json.Read();
                return json;
            }

            if (isComplete)
            {
                throw new JsonException("the file ends in the middle; expected more. Is it complete?");
            }

            Fill();
        }
    }

    private Utf8JsonReader Reader() => new(buffer.AsSpan(start, end - start), isComplete, state);

    private void Accept(ref Utf8JsonReader json)
    {
        start += (int)json.BytesConsumed;
        state = json.CurrentState;
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end > LongestValue)
        {
            throw new JsonException($"one value is longer than {LongestValue} bytes; expected a list of small objects.");
        }

        if (end > buffer.Length / 2)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var count = stream.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
        isComplete = count < buffer.Length - end;
        end += count;
        if (isAtStart && buffer.AsSpan(0, end).StartsWith(ByteOrderMark))
        {
            start = ByteOrderMark.Length;
        }

        isAtStart = false;
    }
}

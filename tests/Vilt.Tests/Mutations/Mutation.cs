using System.Text;
using System.Text.RegularExpressions;

namespace Vilt.Tests.Mutations;

/// <summary>Damages a file in one to four ways, all of them told by a seed.</summary>
internal static partial class Mutation
{
    private static readonly string[] Numbers =
        ["0", "-1", "1", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "18446744073709551616", "1e308", "1e999", "0.5", "1.0000001", "\"7\"", "null", "true", "[]", "{}"];

    public static byte[] Of(byte[] file, int seed)
    {
        var random = new Random(seed);
        byte[] bytes = [.. file];
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            bytes = Once(bytes, random);
        }

        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        int at = Place(bytes.Length, random), length = Math.Min(random.Next(1, 1 << random.Next(1, 10)), bytes.Length - at);
        switch (random.Next(8))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); return bytes;
            case 1: bytes[at] = (byte)random.Next(256); return bytes;
            case 2: bytes.AsSpan(at, length).Fill((byte)(random.Next(3) * 255 / 2)); return bytes;
            case 3: return bytes[..at];
            case 4: return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5: return [.. bytes[..(at + length)], .. bytes[at..]];
            case 6:
                var other = bytes[at..(at + length)];
                other.CopyTo(bytes, random.Next(bytes.Length - length + 1));
                return bytes;
            default: return AnotherNumber(bytes, random);
        }
    }

    // The beginning and the end hold what says how to read the rest.
    private static int Place(int length, Random random) => random.Next(4) switch
    {
        0 => random.Next(length),
        1 => random.Next(Math.Min(length, 100)),
        2 => random.Next(Math.Min(length, 8000)),
        _ => Math.Max(0, length - 1 - random.Next(4000)),
    };

    private static byte[] AnotherNumber(byte[] bytes, Random random)
    {
        var text = Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 20_000));
        var numbers = Number().Matches(text);
        if (numbers.Count == 0)
        {
            return bytes;
        }

        var number = numbers[random.Next(numbers.Count)];
        return [.. bytes[..number.Index], .. Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)]), .. bytes[(number.Index + number.Length)..]];
    }

    [GeneratedRegex("-?[0-9]+")]
    private static partial Regex Number();
}

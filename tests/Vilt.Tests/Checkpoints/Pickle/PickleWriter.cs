using System.Text;

namespace Vilt.Tests.Checkpoints.Pickle;

/// <summary>Writes a pickle opcode by opcode.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> bytes = [];

    public PickleWriter Op(params int[] opcodes)
    {
        foreach (var opcode in opcodes)
        {
            bytes.Add((byte)opcode);
        }

        return this;
    }

    public PickleWriter Global(string module, string name)
    {
        bytes.AddRange(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));
        return this;
    }

    public PickleWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Op('X');
        bytes.AddRange(BitConverter.GetBytes(utf8.Length));
        bytes.AddRange(utf8);
        return this;
    }

    public PickleWriter Integer(long value)
    {
        Op(0x8A, sizeof(long));
        bytes.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public PickleWriter Tuple(long[] values)
    {
        Op('(');
        foreach (var value in values)
        {
            Integer(value);
        }

        return Op('t');
    }

    public byte[] ToArray() => [.. bytes];
}

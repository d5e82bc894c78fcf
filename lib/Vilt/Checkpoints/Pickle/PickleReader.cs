using System.Buffers.Binary;
using System.Text;

namespace Vilt.Checkpoints.Pickle;

/// <summary>
/// Reads the pickle of a state dict: a program for a small stack machine (described in Python's <c>pickletools</c>), of which
/// only what <c>torch.save</c> writes for named tensors is known. Nothing in it is trusted, imported or run.
/// </summary>
internal sealed class PickleReader(ReadOnlyMemory<byte> pickle)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PickleStack stack = new();
    private readonly Dictionary<uint, object?> memo = [];
    private int position;

    /// <summary>Runs the program to its end.</summary>
    /// <returns>Tensors by name.</returns>
    /// <exception cref="FormatException">It is damaged, or more than a state dict; the message does not name the file.</exception>
    internal IReadOnlyDictionary<string, PickledTensor> ReadStateDict()
    {
        while (Step())
        {
        }

        if (stack.Pop() is not Dictionary<string, object?> root)
        {
            throw new FormatException("it holds no dictionary of tensors");
        }

        return root.ToDictionary(entry => entry.Key, entry => Named(entry.Key, entry.Value));
    }

    private static PickledTensor Named(string name, object? value) => value as PickledTensor
        ?? throw new FormatException($"\"{name}\" is not a tensor; expected a state dict, which holds tensors by name and nothing else. "
            + "With PyTorch, torch.save(model.state_dict(), path) writes one");

    private bool Step()
    {
        var start = position;
        var opcode = Take(1)[0];
        if (opcode == '.')
        {
            return false;
        }

        if (!Constant(opcode) && !Container(opcode) && !Remember(opcode) && !Build(opcode))
        {
            throw new FormatException($"its pickle holds the opcode 0x{opcode:X2} at byte {start}, which no state dict needs");
        }

        return true;
    }

    private bool Constant(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: Take(1); return true; // PROTO: the version, which changes nothing here
            case 0x95: Take(8); return true; // FRAME: a hint for buffering
            case (byte)'N': stack.Push(null); return true;
            case 0x88: stack.Push(true); return true;
            case 0x89: stack.Push(false); return true;
            case (byte)'K': stack.Push((long)Take(1)[0]); return true;
            case (byte)'M': stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); return true;
            case (byte)'J': stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); return true;
            case 0x8A: stack.Push(LongInteger(Take(Take(1)[0]))); return true;
            case (byte)'X': stack.Push(Text(Take(Length()))); return true;
            case 0x8C: stack.Push(Text(Take(Take(1)[0]))); return true;
            default: return false;
        }
    }

    private bool Container(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'(': stack.Mark(); return true;
            case (byte)'}': stack.Push(new Dictionary<string, object?>()); return true;
            case (byte)')': stack.Push(Array.Empty<object?>()); return true;
            case 0x85 or 0x86 or 0x87: stack.Push(stack.Pop(opcode - 0x84)); return true;
            case (byte)'t': stack.Push(stack.PopToMark()); return true;
            case (byte)'s': SetItems(stack.Pop(2)); return true;
            case (byte)'u': SetItems(stack.PopToMark()); return true;
            default: return false;
        }
    }

    private bool Remember(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'q': memo[Take(1)[0]] = stack.Top; return true;
            case (byte)'r': memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = stack.Top; return true;
            case 0x94: memo[(uint)memo.Count] = stack.Top; return true;
            case (byte)'h': stack.Push(Recall(Take(1)[0])); return true;
            case (byte)'j': stack.Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); return true;
            default: return false;
        }
    }

    private bool Build(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'c': stack.Push(PickleGlobal.Find(Line(), Line())); return true;
            case 0x93:
                var names = stack.Pop(2);
                stack.Push(PickleGlobal.Find(names[0] as string ?? "", names[1] as string ?? ""));
                return true;
            case (byte)'Q': stack.Push(PickledObjects.Storage(stack.Pop())); return true;
            case (byte)'R':
                var call = stack.Pop(2);
                stack.Push(PickledObjects.Reduce(call[0], call[1]));
                return true;
            case (byte)'b': // the state of an object: a state dict has the versions of its modules there, which are not needed
                stack.Pop();
                if (stack.Top is not Dictionary<string, object?>)
                {
                    throw new FormatException("its pickle sets the state of something other than a dictionary");
                }

                return true;
            default: return false;
        }
    }

    private void SetItems(object?[] items)
    {
        if (stack.Top is not Dictionary<string, object?> target || items.Length % 2 != 0)
        {
            throw new FormatException("its pickle adds items to something that is not a dictionary");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            target[items[i] as string ?? throw new FormatException("a key of its dictionary is not text")] = items[i + 1];
        }
    }

    private object? Recall(uint index) =>
        memo.TryGetValue(index, out var value) ? value : throw new FormatException($"its pickle refers to object {index}, which it has not made");

    private int Length()
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
        return length <= int.MaxValue ? (int)length : throw CutOff();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > pickle.Length - position)
        {
            throw CutOff();
        }

        position += count;
        return pickle.Span.Slice(position - count, count);
    }

    private string Line()
    {
        var length = pickle.Span[position..].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw CutOff();
        }

        var line = Text(Take(length));
        Take(1);
        return line;
    }

    private static long LongInteger(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
        {
            throw new FormatException("its pickle holds an integer of more than 64 bits");
        }

        Int128 value = 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        return (long)(bytes.Length > 0 && bytes[^1] >= 0x80 ? value - ((Int128)1 << (8 * bytes.Length)) : value);
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new FormatException("its pickle holds text that is not UTF-8", error);
        }
    }

    private static FormatException CutOff() => new("its pickle ends in the middle");
}

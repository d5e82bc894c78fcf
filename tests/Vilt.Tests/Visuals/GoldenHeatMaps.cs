using System.Buffers.Binary;
using System.Text.Json.Nodes;
using System.Runtime.InteropServices;

namespace Vilt.Tests.Visuals;

/// <summary>The arrays of doubles in <c>visuals/heatmaps.safetensors</c>, read without torch.</summary>
internal sealed class GoldenHeatMaps
{
    private readonly byte[] _file = File.ReadAllBytes(Goldens.PathOf("visuals", "heatmaps.safetensors"));
    private readonly JsonNode _header;
    private readonly int _start;

    internal GoldenHeatMaps()
    {
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(_file);
        _header = JsonNode.Parse(_file.AsSpan(8, length))!;
        _start = 8 + length;
    }

    internal int[] ShapeOf(string name) => _header[name]!["shape"]!.AsArray().Select(size => (int)size!).ToArray();

    internal double[] ValuesOf(string name)
    {
        Assert.Equal("F64", (string?)_header[name]!["dtype"]);
        int begin = _start + (int)_header[name]!["data_offsets"]![0]!;
        int end = _start + (int)_header[name]!["data_offsets"]![1]!;
        return MemoryMarshal.Cast<byte, double>(_file.AsSpan(begin, end - begin)).ToArray();
    }

    /// <summary>An array of (rows, columns, channels) with its channels first.</summary>
    internal double[,,] ChannelsFirst(string name)
    {
        int[] shape = ShapeOf(name);
        double[] values = ValuesOf(name);
        double[,,] result = new double[shape[2], shape[0], shape[1]];
        for (int row = 0; row < shape[0]; row++)
            for (int column = 0; column < shape[1]; column++)
                for (int channel = 0; channel < shape[2]; channel++)
                    result[channel, row, column] = values[(((row * shape[1]) + column) * shape[2]) + channel];
        return result;
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Vilt.Tests.Visuals;

/// <summary>The arrays of doubles in <c>visuals/heatmaps.safetensors</c>, read without torch.</summary>
internal sealed class GoldenHeatMaps
{
    private readonly byte[] file = File.ReadAllBytes(Goldens.PathOf("visuals", "heatmaps.safetensors"));
    private readonly JsonNode header;
    private readonly int start;

    internal GoldenHeatMaps()
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        header = JsonNode.Parse(file.AsSpan(8, length))!;
        start = 8 + length;
    }

    internal int[] ShapeOf(string name) => header[name]!["shape"]!.AsArray().Select(size => (int)size!).ToArray();

    internal double[] ValuesOf(string name)
    {
        Assert.Equal("F64", (string?)header[name]!["dtype"]);
        var begin = start + (int)header[name]!["data_offsets"]![0]!;
        var end = start + (int)header[name]!["data_offsets"]![1]!;
        return MemoryMarshal.Cast<byte, double>(file.AsSpan(begin, end - begin)).ToArray();
    }

    /// <summary>An array of (rows, columns, channels) with its channels first.</summary>
    internal double[,,] ChannelsFirst(string name)
    {
        var shape = ShapeOf(name);
        var values = ValuesOf(name);
        var result = new double[shape[2], shape[0], shape[1]];
        for (var row = 0; row < shape[0]; row++)
        {
            for (var column = 0; column < shape[1]; column++)
            {
                for (var channel = 0; channel < shape[2]; channel++)
                {
                    result[channel, row, column] = values[(((row * shape[1]) + column) * shape[2]) + channel];
                }
            }
        }

        return result;
    }
}

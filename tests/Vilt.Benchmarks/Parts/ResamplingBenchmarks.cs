using BenchmarkDotNet.Attributes;
using Vilt.Data;
using Vilt.Processing;

namespace Vilt.Benchmarks.Parts;

/// <summary>A photograph's way to pixel values, without the decoding.</summary>
[MemoryDiagnoser]
public class ResamplingBenchmarks
{
    private readonly ViltImageProcessor processor = new();
    private RgbImage photograph = null!, resized = null!;

    /// <summary>Random pixels.</summary>
    [GlobalSetup]
    public void MakePictures()
    {
        var pixels = new byte[640 * 480 * 3];
        new Random(0).NextBytes(pixels);
        photograph = new RgbImage(640, 480, pixels);
        resized = processor.Resize(photograph);
    }

    /// <summary>640 × 480 to 512 × 384.</summary>
    [Benchmark]
    public RgbImage Resize() => processor.Resize(photograph);

    /// <summary>Bytes to float32, (3, 384, 512).</summary>
    [Benchmark]
    public void Normalize()
    {
        using var pixelValues = processor.Normalize(resized);
    }
}

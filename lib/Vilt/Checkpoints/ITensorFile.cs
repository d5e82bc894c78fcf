using static TorchSharp.torch;

namespace Vilt.Checkpoints;

/// <summary>Tensors by name in a file, or in several that belong together. Anything wrong with them is reported on opening.</summary>
internal interface ITensorFile : IDisposable
{
    /// <summary>The file that a message should name.</summary>
    string Path { get; }

    /// <summary>Names of the tensors.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>Shape of a tensor.</summary>
    IReadOnlyList<long> ShapeOf(string name);

    /// <summary>Reads a tensor into another of the same shape, converting if their types differ. Several threads may do so at once.</summary>
    void ReadInto(string name, Tensor target);
}

using System.IO.MemoryMappedFiles;

namespace Vilt.Checkpoints;

/// <summary>A file mapped into memory: its bytes are read where they are asked for, and copied once.</summary>
internal sealed class MappedFile : IDisposable
{
    private const int Piece = 1 << 24; // bytes

    private readonly MemoryMappedFile file;

    /// <summary>Maps an open file, which is closed with this.</summary>
    internal MappedFile(FileStream stream)
    {
        Length = stream.Length;
        file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
    }

    /// <summary>Bytes in the file.</summary>
    internal long Length { get; }

    /// <summary>Copies the bytes from an offset on. Each piece has a view of its own, so that the file's pages never take a
    /// noticeable part of the memory beside the tensors.</summary>
    internal void Copy(long offset, Span<byte> target)
    {
        for (; target.Length > Piece; target = target[Piece..], offset += Piece)
        {
            CopyPiece(offset, target[..Piece]);
        }

        if (!target.IsEmpty)
        {
            CopyPiece(offset, target); // a view of 0 bytes would be a view of all
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private unsafe void CopyPiece(long offset, Span<byte> target)
    {
        using var view = file.CreateViewAccessor(offset, target.Length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            new ReadOnlySpan<byte>(start + view.PointerOffset, target.Length).CopyTo(target);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }
}

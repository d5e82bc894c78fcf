using System.IO.Compression;
using Vilt.Checkpoints.Pickle;

namespace Vilt.Tests.Checkpoints.Pickle;

/// <summary>What PyTorch would not have written, or what could run code, is refused and said.</summary>
public sealed class PyTorchFileRefusalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch._utils", "_rebuild_tensor_v3")]
    [InlineData("collections", "OrderedDict.fromkeys")]
    [InlineData("torch.FloatStorage\ncollections", "OrderedDict")]
    public void Refuses_every_other_name_and_says_which(string module, string name)
    {
        folder.Write("file", TorchSave.Archive(new PickleWriter().Global(module, name).Text("touch hacked").Op(0x85, 'R', '.').ToArray(), []));
        Assert.Contains(module.Split('\n')[0], Refusal());
        folder.Write("file", TorchSave.Archive(new PickleWriter().Text(module).Text(name).Op(0x93, '.').ToArray(), []));
        Assert.Contains($"{module}.{name}", Refusal());
    }

    [Fact]
    public void Refuses_every_other_opcode()
    {
        byte[] known = [.. "(.NKMJX}tsuqrhjcQRb)"u8, 0x80, 0x95, 0x88, 0x89, 0x8A, 0x8C, 0x85, 0x86, 0x87, 0x94, 0x93];
        for (var opcode = 0; opcode < 256; opcode++)
        {
            if (known.Contains((byte)opcode))
            {
                continue;
            }

            folder.Write("file", TorchSave.Archive(new PickleWriter().Op('}', opcode, '.').ToArray(), []));
            Assert.Contains($"0x{opcode:X2}", Refusal());
        }
    }

    public static TheoryData<string, byte[]> WrongPickles => new()
    {
        { "ends in the middle", [] },
        { "ends in the middle", [(byte)'X', 255, 255, 255, 127] },
        { "ends in the middle", [(byte)'c', (byte)'o'] },
        { "than there is", [(byte)'.'] },
        { "than there is", [(byte)'t', (byte)'.'] },
        { "than there is", [(byte)'}', (byte)'(', (byte)'R'] },
        { "than there is", [(byte)'q', 0] },
        { "has not made", [(byte)'h', 0] },
        { "no dictionary", [(byte)'N', (byte)'.'] },
        { "not a dictionary", [(byte)'N', (byte)'N', (byte)'N', (byte)'s', (byte)'.'] },
        { "not a dictionary", [(byte)'}', (byte)'(', (byte)'N', (byte)'u', (byte)'.'] },
        { "not text", [(byte)'}', (byte)'N', (byte)'N', (byte)'s', (byte)'.'] },
        { "\"a\" is not a tensor", [(byte)'}', 0x8C, 1, (byte)'a', (byte)'N', (byte)'s', (byte)'.'] },
        { "not a function", [(byte)'N', (byte)')', (byte)'R', (byte)'.'] },
        { "not a torch storage", [(byte)'N', (byte)'Q', (byte)'.'] },
        { "state of something", [(byte)'N', (byte)'N', (byte)'b', (byte)'.'] },
        { "64 bits", [0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte)'.'] },
        { "not UTF-8", [0x8C, 1, 255, (byte)'.'] },
        { "arguments", [.. "ctorch._utils\n_rebuild_tensor_v2\n)R."u8] },
        { "arguments", [.. "ctorch._utils\n_rebuild_parameter\n)R."u8] },
        { "arguments", [.. "ctorch\nFloatStorage\n)R."u8] },
    };

    [Theory, MemberData(nameof(WrongPickles))]
    public void A_damaged_pickle_is_one_clear_error(string expected, byte[] pickle)
    {
        folder.Write("file", TorchSave.Archive(pickle, []));
        Assert.Contains(expected, Refusal());
    }

    [Theory]
    [InlineData(6, 0, new long[] { 7 }, new long[] { 1 })]
    [InlineData(6, 6, new long[] { 1 }, new long[] { 1 })]
    [InlineData(6, -1, new long[] { 1 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { -1 }, new long[] { 1 })]
    [InlineData(6, 5, new long[] { 3 }, new long[] { -1 })]
    [InlineData(6, 0, new long[] { 2, 2 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { 2, long.MaxValue }, new long[] { 1, long.MaxValue })]
    [InlineData(6, 0, new long[] { long.MaxValue, long.MaxValue }, new long[] { 0, 0 })]
    [InlineData(6, long.MaxValue, new long[] { 2 }, new long[] { long.MaxValue })]
    [InlineData(0, 0, new long[0], new long[0])]
    [InlineData(7, 0, new long[] { 7 }, new long[] { 1 })]
    [InlineData(-1, 0, new long[] { 0 }, new long[] { 1 })]
    [InlineData(long.MaxValue, 0, new long[] { 1 }, new long[] { 1 })]
    public void A_tensor_that_does_not_fit_its_storage_is_refused(long count, long offset, long[] shape, long[] strides)
    {
        folder.Write("file", TorchSave.SixFloats(count, offset, shape, strides));
        Refusal();
    }

    [Fact]
    public void More_dimensions_than_a_tensor_can_have_are_refused()
    {
        long[] ones = [.. Enumerable.Repeat(1L, 65)];
        folder.Write("file", TorchSave.SixFloats(6, 0, ones, ones));
        Assert.Contains("65 dimensions", Refusal());
    }

    [Fact]
    public void A_missing_record_is_named()
    {
        folder.Write("file", TorchSave.Archive(TorchSave.Pickle(new Dictionary<string, SavedTensor> { ["x"] = new("Float", "0", 1, 0, [1], [1]) }), []));
        var message = Refusal();
        Assert.Contains("x: ", message);
        Assert.Contains("data/0", message);
    }

    [Fact]
    public void Other_archives_are_told_apart()
    {
        byte[] pickle = [(byte)'}', (byte)'.'];
        Assert.Contains("TorchScript", Refusal(TorchSave.Archive(pickle, [("constants.pkl", [1])])));
        Assert.Contains("byte order is \"big\"", Refusal(TorchSave.Archive(pickle, [("byteorder", [.. "big"u8])])));
        Assert.Contains("compressed", Refusal(TorchSave.Archive(pickle, [("data/0", new byte[1000])], CompressionLevel.Optimal)));
        Assert.Contains("twice", Refusal(TorchSave.Archive(pickle, [("data.pkl", pickle)])));
        using var other = new MemoryStream();
        using (var zip = new ZipArchive(other, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("readme.txt");
        }

        Assert.Contains("data.pkl", Refusal(other.ToArray()));
        Assert.Contains("bare pickle", Refusal([0x80, 2, (byte)'}', (byte)'.']));
        Assert.Contains("Git LFS", Refusal([.. "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"u8]));
        Assert.Contains("empty", Refusal([]));
        Assert.Contains("not a zip", Refusal([.. "<html>"u8]));
        Assert.Contains("1.6", Refusal([.. new byte[257], .. "ustar"u8, .. new byte[250]]));
        Assert.Contains("1.6", Refusal(File.ReadAllBytes(Goldens.PathOf("pickle", "before-1.6.bin"))));
    }

    private string Refusal(byte[] file)
    {
        folder.Write("file", file);
        return Refusal();
    }

    private string Refusal()
    {
        var message = Assert.Throws<InvalidDataException>(() => PyTorchFile.Open(folder["file"])).Message;
        Assert.Contains(folder["file"], message);
        return message;
    }
}

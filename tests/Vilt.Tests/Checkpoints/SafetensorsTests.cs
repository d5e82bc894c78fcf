using System.Buffers.Binary;
using System.Text;
using Vilt.Checkpoints;
using static TorchSharp.torch;

namespace Vilt.Tests.Checkpoints;

public class SafetensorsTests
{
    public static TheoryData<string> GoldenFiles => [.. Directory.GetFiles(Goldens.Folder, "*.safetensors", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Goldens.Folder, file)).Order()];

    [Theory, MemberData(nameof(GoldenFiles))]
    public void Writes_the_same_bytes_as_the_safetensors_library(string name)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var golden = Safetensors.Open(Goldens.PathOf(name));
        Safetensors.Write(folder["copy"], golden.Names.ToDictionary(n => n, n => golden.Read(n)), golden.Metadata);
        Assert.Equal(File.ReadAllBytes(Goldens.PathOf(name)), File.ReadAllBytes(folder["copy"]));
    }

    public static TheoryData<ScalarType> Types =>
        [ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16,
            ScalarType.Int8, ScalarType.Byte, ScalarType.Bool];

    [Theory, MemberData(nameof(Types))]
    public void Reads_back_what_it_wrote(ScalarType type)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        Tensor matrix = (arange(12) % 5).reshape(3, 4).to(type), turned = matrix.t(), scalar = matrix[1, 2], none = zeros([0, 3], type);
        Safetensors.Write(folder["file"], new Dictionary<string, Tensor> { ["matrix"] = matrix, ["turned"] = turned, ["é \"scalar\""] = scalar, ["none"] = none });
        using var file = Safetensors.Open(folder["file"]);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(["matrix", "none", "turned", "é \"scalar\""], file.Names);
        foreach (var (name, expected) in new[] { ("matrix", matrix), ("turned", turned), ("é \"scalar\"", scalar), ("none", none) })
        {
            var actual = file.Read(name);
            Assert.Equal((type, string.Join(",", expected.shape)), (actual.dtype, string.Join(",", actual.shape)));
            Assert.True(actual.Equals(expected), name);
        }
    }

    [Fact]
    public void Reads_a_tensor_of_many_megabytes()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var large = arange(5_000_000); // 40 MB
        Safetensors.Write(folder["file"], new Dictionary<string, Tensor> { ["large"] = large });
        using var file = Safetensors.Open(folder["file"]);
        Assert.True(file.Read("large").Equals(large));
    }

    [Fact]
    public void Any_byte_but_zero_is_true()
    {
        using var folder = new TemporaryFolder();
        Write(folder["file"], """{"b":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}""", [0, 7, 1]);
        using var file = Safetensors.Open(folder["file"]);
        using var values = file.Read("b");
        Assert.Equal(new byte[] { 0, 1, 1 }, values.bytes.ToArray());
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "old");
        using var gone = ones(2);
        gone.Dispose();
        Assert.ThrowsAny<Exception>(() => Safetensors.Write(folder["file"], new Dictionary<string, Tensor> { ["gone"] = gone }));
        using var complex = zeros(2, ScalarType.ComplexFloat32);
        var error = Assert.Throws<ArgumentException>(() =>
            Safetensors.Write(folder["file"], new Dictionary<string, Tensor> { ["wave"] = complex }));
        Assert.Contains("wave", error.Message);
        using var meta = ones(2, device: META); // fails while the file is being written
        Assert.ThrowsAny<Exception>(() => Safetensors.Write(folder["file"], new Dictionary<string, Tensor> { ["meta"] = meta }));
        Assert.Equal("old", File.ReadAllText(Assert.Single(Directory.GetFiles(folder.Path))));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "does not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}""", 8, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 8, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", 8, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,8]}}""", 8, "does not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,4],"data_offsets":[0,0]}}""", 0, "does not fit")]
    [InlineData("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", 8, "F31")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "dtype")]
    [InlineData("""{"a":7}""", 0, "object")]
    [InlineData("""[]""", 0, "object")]
    [InlineData("""{"a":""", 0, "JSON")]
    [InlineData("", 0, "JSON")]
    [InlineData("""{"__metadata__":{"format":7}}""", 0, "__metadata__")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "b begins")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}""", 5, "b begins")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 3, "cover")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2, "")]
    public void A_damaged_header_is_one_clear_error(string header, int dataLength, string expected)
    {
        using var folder = new TemporaryFolder();
        Write(folder["file"], header, new byte[dataLength]);
        var error = Assert.Throws<InvalidDataException>(() => Safetensors.Open(folder["file"]));
        Assert.Contains(folder["file"], error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData(new byte[0], "0 bytes")]
    [InlineData(new byte[] { 1, 0, 0 }, "3 bytes")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 1 }, "allowed")]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 0, 123, 125 }, "cut off")]
    public void A_cut_file_is_one_clear_error(byte[] bytes, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["file"], bytes);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Safetensors.Open(folder["file"])).Message);
    }

    [Fact]
    public void Missing_files_and_tensors_are_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("nowhere", Assert.Throws<FileNotFoundException>(() => Safetensors.Open(folder["nowhere"])).Message);
        Write(folder["file"], "{}", []);
        using var file = Safetensors.Open(folder["file"]);
        Assert.Contains("weight", Assert.Throws<KeyNotFoundException>(() => file.Read("weight")).Message);
    }

    private static void Write(string path, string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. data]);
    }
}

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
            ScalarType.Int8, ScalarType.Byte, ScalarType.Bool, ScalarType.ComplexFloat32];

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
    public void Metadata_may_be_null()
    {
        using var folder = new TemporaryFolder();
        Write(folder["file"], """{"__metadata__":null}""", []);
        using var file = Safetensors.Open(folder["file"]);
        Assert.Empty(file.Metadata);
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

    [Theory]
    [InlineData("U16", new byte[] { 1, 0, 255, 255 }, "1 65535", ScalarType.Int32)]
    [InlineData("U32", new byte[] { 1, 0, 0, 0, 255, 255, 255, 255 }, "1 4294967295", ScalarType.Int64)]
    [InlineData("U64", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 127 }, "1 9223372036854775807", ScalarType.Int64)]
    [InlineData("F8_E4M3", new byte[] { 0x38, 0xFE }, "1 -448", ScalarType.Float32)]
    [InlineData("F8_E5M2", new byte[] { 0x3C, 0x7B }, "1 57344", ScalarType.Float32)]
    [InlineData("F8_E4M3FNUZ", new byte[] { 0x40, 0xFF }, "1 -240", ScalarType.Float32)]
    [InlineData("F8_E5M2FNUZ", new byte[] { 0x40, 0x7F }, "1 57344", ScalarType.Float32)]
    [InlineData("F8_E8M0", new byte[] { 0x7F, 0x85 }, "1 64", ScalarType.Float32)]
    public void Types_that_TorchSharp_has_no_name_for_come_as_one_that_holds_each_value(string type, byte[] data, string values, ScalarType readAs)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        Write(folder["file"], $$$"""{"a":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,{{{data.Length}}}]}}""", data);
        using var file = Safetensors.Open(folder["file"]);
        var read = file.Read("a");
        Assert.Equal(readAs, read.dtype);
        Assert.Equal(values, $"{Number(read[0])} {Number(read[1])}");
        var weight = zeros(2);
        file.ReadInto("a", weight);
        Assert.True(weight.Equals(read.to(ScalarType.Float32)));
        Safetensors.Write(folder["copy"], new Dictionary<string, Tensor> { ["a"] = read });
        using var copy = Safetensors.Open(folder["copy"]);
        Assert.True(copy.Read("a").Equals(read));

        static string Number(Tensor value) => value.is_floating_point() ? $"{value.item<float>()}" : $"{value.to(ScalarType.Int64).item<long>()}";
    }

    [Theory]
    [InlineData("F4", 4, 2)]
    [InlineData("F6_E2M3", 4, 3)]
    [InlineData("F6_E3M2", 4, 3)]
    [InlineData("NEW_7", 2, 5)]
    public void One_tensor_of_a_type_that_cannot_be_read_keeps_back_that_one_alone(string type, int count, int bytes)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        Write(folder["file"], $$$"""
            {"q":{"dtype":"{{{type}}}","shape":[{{{count}}}],"data_offsets":[0,{{{bytes}}}]},
             "w":{"dtype":"F32","shape":[1],"data_offsets":[{{{bytes}}},{{{bytes + 4}}}]}}
            """, [.. new byte[bytes], 0, 0, 128, 63]);
        using var file = Safetensors.Open(folder["file"]);
        Assert.Equal(["q", "w"], file.Names);
        Assert.Equal([count], file.ShapeOf("q"));
        Assert.Equal(1, file.Read("w").item<float>());
        var target = zeros(count);
        foreach (var read in (Action[])[() => file.Read("q"), () => file.ReadInto("q", target)])
        {
            var error = Assert.Throws<InvalidDataException>(read).Message;
            Assert.Contains($"{folder["file"]}: q has the dtype {type}", error);
            Assert.Contains("F32", error);
        }
    }

    [Fact]
    public void A_number_that_no_type_here_holds_is_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder["file"], """{"a":{"dtype":"U64","shape":[1],"data_offsets":[0,8]}}""", [0, 0, 0, 0, 0, 0, 0, 128]);
        using var file = Safetensors.Open(folder["file"]);
        Assert.Contains("a is U64", Assert.Throws<InvalidDataException>(() => file.Read("a")).Message);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "old");
        using var gone = ones(2);
        gone.Dispose();
        Assert.ThrowsAny<Exception>(() => Safetensors.Write(folder["file"], new Dictionary<string, Tensor> { ["gone"] = gone }));
        using var complex = zeros(2, ScalarType.ComplexFloat64);
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
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}""", 2, "does not fit")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[3],"data_offsets":[0,2]}}""", 2, "does not fit")]
    [InlineData("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[1],"data_offsets":[9,10]}}""", 10, "b begins")]
    [InlineData("""{"a":{"dtype":3,"shape":[2],"data_offsets":[0,8]}}""", 8, "dtype")]
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

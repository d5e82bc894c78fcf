using System.Text;
using Vilt.Data;

namespace Vilt.Tests.Data;

public sealed class RgbImageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Pictures =>
        [.. Goldens.Json("processor", "cases.json")["cases"]!.AsArray().Select(item => (string)item!["picture"]!).Distinct()];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Reads_every_kind_of_picture_in_its_own_size(string name)
    {
        var item = Goldens.Json("processor", "cases.json")["cases"]!.AsArray().First(item => (string)item!["picture"]! == name)!;

        var image = RgbImage.Read(Goldens.PathOf("processor", "pictures", name));

        Assert.Equal(((int)item["size"]![0]!, (int)item["size"]![1]!), (image.Width, image.Height));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_cut_short_is_an_error_that_names_it(string name)
    {
        var whole = File.ReadAllBytes(Goldens.PathOf("processor", "pictures", name));
        foreach (var length in (int[])[20, whole.Length / 2, whole.Length - 40])
        {
            AssertRefused(Write(name, whole[..length]));
        }
    }

    [Fact]
    public void Encoding_as_PNG_loses_nothing()
    {
        var noise = NoisePicture.Of(13, 7, seed: 5);

        var back = RgbImage.Read(Write("noise.png", noise.EncodePng()));

        Assert.Equal((13, 7), (back.Width, back.Height));
        Assert.Equal(noise.Pixels, back.Pixels);
    }

    // A hand-made GIF: red, green, blue and white; the frame has the pixels 0, 1, 2, 3, and index 2 is transparent.
    [Theory]
    [InlineData(true, 2, new byte[] { 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255 })]
    [InlineData(false, 2, new byte[] { 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255 })]
    [InlineData(true, 3, new byte[] { 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 255, 255, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255 })]
    [InlineData(false, 3, new byte[] { 255, 0, 0, 0, 255, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0 })]
    public void A_transparent_or_uncovered_pixel_of_a_GIF_has_the_color_of_its_palette_entry(bool transparent, byte side, byte[] expected)
    {
        byte[] comment = [0x21, 0xFE, 2, (byte)'h', (byte)'i', 0];
        byte[] gif =
        [
            .. Encoding.ASCII.GetBytes("GIF89a"), side, 0, side, 0, 0xF1, 0, 0,
            255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255,
            .. comment,
            .. transparent ? new byte[] { 0x21, 0xF9, 4, 1, 0, 0, 2, 0 } : [],
            0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0,
            2, 3, 0x44, 0x34, 0x05, 0, 0x3B, // 3-bit LZW codes: clear, 0, 1, 2, 3, end (the last of 4 bits)
        ];
        Assert.Equal(expected, RgbImage.Read(Write("four.gif", gif)).Pixels);
    }

    [Theory]
    [InlineData("picture.png", "")]
    [InlineData("picture.png", "no picture, only words that stand in a file of that name")]
    [InlineData("picture.jpg", "\u00FF\u00D8\u00FF")]
    public void A_file_that_is_no_picture_is_an_error_that_names_it(string name, string content) => AssertRefused(Write(name, Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void A_missing_picture_and_a_folder_are_errors_that_name_them()
    {
        foreach (var path in (string[])[folder["none.png"], folder.Path])
        {
            Assert.Contains(path, Assert.Throws<FileNotFoundException>(() => RgbImage.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_claims_more_pixels_than_memory_should_hold_is_refused_before_decoding()
    {
        byte[] bitmap = [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, .. BitConverter.GetBytes(20_000), .. BitConverter.GetBytes(20_000), 1, 0, 24, 0, .. new byte[24 + 1000]];
        bitmap[10] = 54;
        Assert.Contains("20000×20000", AssertRefused(Write("bomb.bmp", bitmap)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_one_pixel_and_one_very_long_are_read()
    {
        Assert.Equal([1, 2, 3], RgbImage.Read(Write("one.png", new RgbImage(1, 1, [1, 2, 3]).EncodePng())).Pixels);
        var wide = RgbImage.Read(Write("wide.png", new RgbImage(20_000, 10, new byte[600_000]).EncodePng()));
        Assert.Equal((20_000, 10), (wide.Width, wide.Height));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, -1, 0)]
    [InlineData(2, 2, 11)]
    public void Sides_and_number_of_values_must_fit(int width, int height, int count) =>
        Assert.ThrowsAny<ArgumentException>(() => new RgbImage(width, height, new byte[count]));

    private string Write(string name, byte[] bytes)
    {
        var path = folder[name];
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static InvalidDataException AssertRefused(string path)
    {
        var error = Assert.Throws<InvalidDataException>(() => RgbImage.Read(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        return error;
    }
}

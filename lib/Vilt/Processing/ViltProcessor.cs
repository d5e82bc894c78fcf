using Vilt.Data;
using static TorchSharp.torch;

namespace Vilt.Processing;

/// <summary>Prepares picture and question together for ViLT (transformers' <c>ViltProcessor</c>).</summary>
/// <param name="ImageProcessor">Turns pictures into pixel values.</param>
/// <param name="Tokenizer">Turns questions into token ids.</param>
public sealed record ViltProcessor(ViltImageProcessor ImageProcessor, WordPieceTokenizer Tokenizer)
{
    /// <summary>Reads both from a folder in Hugging Face's layout.</summary>
    /// <param name="folder">The folder of <c>preprocessor_config.json</c> and <c>vocab.txt</c>.</param>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    /// <exception cref="InvalidDataException">One of them is broken or asks for something ViLT does not do.</exception>
    public static ViltProcessor Read(string folder) => new(ViltImageProcessor.Read(folder), WordPieceTokenizer.Read(folder));

    /// <summary>Writes both as transformers reads them.</summary>
    /// <param name="folder">The folder, which must exist.</param>
    public void Write(string folder)
    {
        ImageProcessor.Write(folder);
        Tokenizer.Write(folder);
    }

    /// <summary>Encodes a picture and a text, padded or cut to the tokenizer's length
    /// (<c>padding="max_length", truncation=True</c>).</summary>
    /// <param name="image">The picture.</param>
    /// <param name="text">The question.</param>
    /// <returns>An example without labels; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The picture is so long and thin that no patch of it would remain.</exception>
    public ViltExample Encode(RgbImage image, string text) => EncodeResized(ImageProcessor.Resize(image), text);

    /// <summary>Reads a picture file and encodes it with a text: the same as with <see cref="RgbImage.Read"/>, in less time and memory.</summary>
    /// <param name="imagePath">The picture file.</param>
    /// <param name="text">The question.</param>
    /// <returns>An example without labels; the caller owns it.</returns>
    /// <exception cref="FileNotFoundException">There is no such picture file.</exception>
    /// <exception cref="InvalidDataException">
    /// The picture file is empty, cut short, broken, too long and thin, not a picture, or too large.
    /// </exception>
    public ViltExample Encode(string imagePath, string text) => EncodeResized(ImageProcessor.Resize(imagePath), text);

    /// <summary>Encodes a text and a picture that the image processor has resized already.</summary>
    internal ViltExample EncodeResized(RgbImage resized, string text)
    {
        var tokens = Tokenizer.Encode(text, Tokenizer.ModelMaxLength);
        var pixelValues = ImageProcessor.Normalize(resized);
        return new ViltExample(tensor(tokens.InputIds), tensor(tokens.AttentionMask), tensor(tokens.TokenTypeIds), pixelValues);
    }
}

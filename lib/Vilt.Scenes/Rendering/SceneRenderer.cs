using SkiaSharp;
using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Rendering;

/// <summary>
/// Draws a scene and notes which object each pixel shows. Every object is first drawn alone on an empty sheet: what it covers there
/// by half or more is its own, until an object in front of it takes the pixel.
/// </summary>
internal static class SceneRenderer
{
    private const byte HalfCovered = 128;

    // Lossless, so that pixels and masks agree. Flat colors compress as well without row filters as with all of them.
    private static readonly SKPngEncoderOptions Png = new(SKPngEncoderFilterFlags.NoFilters, 6);

    public static RenderedScene Render(Scene scene)
    {
        var size = scene.Plan.Size;
        using var picture = new SKBitmap(size.PixelWidth, size.PixelHeight, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var sheet = new SKBitmap(size.PixelWidth, size.PixelHeight, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var pictureCanvas = new SKCanvas(picture);
        using var sheetCanvas = new SKCanvas(sheet);
        using var pen = new Pen(sheetCanvas);
        var owners = new int[size.PixelWidth * size.PixelHeight];

        DrawBackground(pictureCanvas, scene);
        sheetCanvas.Scale(size.Scale);
        for (var i = 0; i < scene.Objects.Count; i++)
        {
            sheetCanvas.Clear(SKColors.Transparent);
            scene.Objects[i].Draw(pen);
            pictureCanvas.DrawBitmap(sheet, 0, 0, SKSamplingOptions.Default);
            Own(owners, sheet.GetPixelSpan(), id: i + 1);
        }

        return new RenderedScene(size.PixelWidth, size.PixelHeight, Encode(picture), owners);
    }

    private static byte[] Encode(SKBitmap picture)
    {
        using var pixels = picture.PeekPixels();
        using var png = pixels?.Encode(Png);
        return png?.ToArray() ?? throw new InvalidOperationException("SkiaSharp could not encode the picture as PNG.");
    }

    private static void DrawBackground(SKCanvas canvas, Scene scene)
    {
        var size = scene.Plan.Size;
        canvas.Save();
        canvas.Scale(size.Scale);
        using var pen = new Pen(canvas);
        pen.Rectangle(scene.Sky, 0, 0, size.Width, size.Height);
        pen.Rectangle(scene.Ground, 0, scene.Horizon, size.Width, size.Height);
        canvas.Restore();
    }

    private static void Own(int[] owners, ReadOnlySpan<byte> rgba, int id)
    {
        for (var pixel = 0; pixel < owners.Length; pixel++)
        {
            if (rgba[4 * pixel + 3] >= HalfCovered)
            {
                owners[pixel] = id;
            }
        }
    }
}

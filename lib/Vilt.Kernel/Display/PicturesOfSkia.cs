using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display;

/// <summary>
/// Shows SkiaSharp's pictures. The kernel does not depend on that library, since users choose its version: it recognizes a picture by name
/// and asks it for its PNG by reflection.
/// </summary>
internal static class PicturesOfSkia
{
    private const string Library = "SkiaSharp";
    private const string Bitmap = "SkiaSharp.SKBitmap";
    private const string Image = "SkiaSharp.SKImage";

    /// <summary>Registers formatters for the pictures of an assembly, if it is the library.</summary>
    public static void Register(Assembly assembly)
    {
        if (assembly.GetName().Name != Library || assembly.GetType(Bitmap) is not { } bitmap || assembly.GetType(Image) is not { } image)
        {
            return;
        }

        var toImage = image.GetMethod("FromBitmap", [bitmap])!;
        foreach (var type in new[] { bitmap, image })
        {
            Formatter.Register(type, (picture, writer) => writer.Write(TextOf(picture)), PlainTextFormatter.MimeType);
            Formatter.Register(
                type, (picture, writer) => writer.Write(HtmlOf(picture.GetType() == image ? picture : Call(toImage, null, picture), picture)), HtmlFormatter.MimeType);
        }
    }

    private static string HtmlOf(object image, object picture)
    {
        using var data = (IDisposable)Call(image.GetType().GetMethod("Encode", Type.EmptyTypes)!, image);
        var png = (byte[])Call(data.GetType().GetMethod("ToArray", Type.EmptyTypes)!, data);
        return $"<img src=\"data:image/png;base64,{Convert.ToBase64String(png)}\" alt=\"{TextOf(picture)}\" />";
    }

    private static string TextOf(object picture) => $"{picture.GetType().Name}, {Get(picture, "Width")} × {Get(picture, "Height")}";

    private static object Get(object picture, string property) => picture.GetType().GetProperty(property)!.GetValue(picture)!;

    private static object Call(MethodInfo method, object? target, params object[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)
        ?? throw new InvalidOperationException($"{method.DeclaringType!.Name}.{method.Name} gives no picture.");
}

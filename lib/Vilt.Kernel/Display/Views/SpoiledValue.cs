namespace Vilt.Kernel.Display.Views;

/// <summary>Stands for a value that could not be read.</summary>
/// <param name="Text">A text for what was thrown.</param>
internal sealed record SpoiledValue(string Text)
{
    public override string ToString() => Text;
}

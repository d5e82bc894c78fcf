namespace Vilt.Kernel.Display;

/// <summary>A value on the page that can be replaced by another, as a progress line is.</summary>
public sealed class DisplayedValue
{
    private readonly string displayId = Guid.NewGuid().ToString("N");
    private readonly CellOutputs outputs;

    private DisplayedValue(CellOutputs outputs) => this.outputs = outputs;

    /// <summary>Puts another value in this one's place.</summary>
    /// <param name="value">The new value.</param>
    public void Update(object? value) => outputs.Update(MimeBundle.From(value), displayId);

    internal static DisplayedValue Show(MimeBundle bundle)
    {
        var outputs = CellOutputs.Required;
        var shown = new DisplayedValue(outputs);
        outputs.Display(bundle, shown.displayId);
        return shown;
    }
}

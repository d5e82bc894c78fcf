using Formatted = Microsoft.DotNet.Interactive.Formatting.DisplayedValue;

namespace Vilt.Kernel.Display;

/// <summary>A value on the page that can be replaced by another, as a progress line is.</summary>
public sealed class DisplayedValue : Formatted
{
    private readonly CellOutputs outputs;

    private DisplayedValue(object? value, CellOutputs outputs)
        : base(value, []) => this.outputs = outputs;

    /// <summary>Puts another value in this one's place.</summary>
    /// <param name="value">The new value.</param>
    public new void Update(object? value) => outputs.Update(MimeBundle.From(value), DisplayId);

    internal static DisplayedValue Show(MimeBundle bundle, object? value = null)
    {
        var outputs = CellOutputs.Required;
        var shown = new DisplayedValue(value, outputs);
        outputs.Display(bundle, shown.DisplayId);
        return shown;
    }
}

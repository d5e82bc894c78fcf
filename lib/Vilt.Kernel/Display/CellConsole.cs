using System.Text;
using Microsoft.DotNet.Interactive.Formatting;
using Formatted = Microsoft.DotNet.Interactive.Formatting.DisplayedValue;

namespace Vilt.Kernel.Display;

/// <summary>Replaces the console: what a cell writes becomes its output, and what anything else writes goes on to the console.</summary>
internal sealed class CellConsole : TextWriter
{
    private static readonly Lazy<bool> Installed = new(Replace);

    private readonly string name;
    private readonly TextWriter console;

    private CellConsole(string name, TextWriter console) => (this.name, this.console) = (name, console);

    public override Encoding Encoding => console.Encoding;

    public static void Install() => _ = Installed.Value;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        if (CellOutputs.Current is { } outputs)
        {
            outputs.Write(name, value ?? "");
        }
        else
        {
            console.Write(value);
        }
    }

    public override void Flush() => console.Flush();

    private static bool Replace()
    {
        Console.SetOut(new CellConsole("stdout", Console.Out));
        Console.SetError(new CellConsole("stderr", Console.Error));
        Console.SetIn(new CellReader(Console.In));
        Formatter.SubscribeToDisplayedValues(Show);
        return true;
    }

    /// <summary>Takes what libraries display by the formatter's own methods; outside of cells it goes to the console, as without a kernel.</summary>
    private static void Show(Formatted displayed)
    {
        if (CellOutputs.Current is not { } outputs)
        {
            Formatter.WriteToConsole(displayed);
            return;
        }

        var bundle = MimeBundle.As(displayed.FormattedValues.Select(value => KeyValuePair.Create(value.MimeType, value.Value)));
        if (displayed.IsUpdated)
        {
            outputs.Update(bundle, displayed.DisplayId);
        }
        else
        {
            outputs.Display(bundle, displayed.DisplayId);
        }
    }
}

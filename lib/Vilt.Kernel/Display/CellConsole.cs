using System.Text;

namespace Vilt.Kernel.Display;

/// <summary>Stands in for the console: what a cell writes becomes its output, what anything else writes goes on to the console.</summary>
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
        return true;
    }
}

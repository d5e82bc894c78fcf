namespace Vilt.Kernel.Display;

/// <summary>Replaces the console's input: a cell that reads asks the front end for a line, and anything else reads the console.</summary>
internal sealed class CellReader(TextReader console) : TextReader
{
    private string line = "";
    private int position;

    public override int Peek()
    {
        if (CellOutputs.Current is null)
        {
            return console.Peek();
        }

        Fill();
        return line[position];
    }

    public override int Read()
    {
        if (CellOutputs.Current is null)
        {
            return console.Read();
        }

        Fill();
        return line[position++];
    }

    public override string? ReadLine()
    {
        if (CellOutputs.Current is null)
        {
            return console.ReadLine();
        }

        Fill();
        var rest = line[position..^1];
        position = line.Length;
        return rest;
    }

    private void Fill()
    {
        if (position == line.Length)
        {
            (line, position) = (CellInput.Ask("", password: false) + '\n', 0);
        }
    }
}

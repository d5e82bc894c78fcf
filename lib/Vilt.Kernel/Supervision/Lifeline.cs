using System.Diagnostics;
using System.IO.Pipes;

namespace Vilt.Kernel.Supervision;

/// <summary>The kernel's end of the two pipes to its supervisor: it reports its cells, hears of interrupts, and dies when the supervisor does.</summary>
internal sealed class Lifeline : IDisposable
{
    /// <summary>The byte on standard input that stands for an interrupt.</summary>
    public const byte Interrupt = (byte)'i';

    private readonly Stream orders = Console.OpenStandardInput();
    private readonly StreamWriter reports;

    /// <param name="pipe">The handle of the pipe for reports.</param>
    public Lifeline(string pipe)
    {
        reports = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, pipe)) { AutoFlush = true };
        Console.SetIn(TextReader.Null); // The pipe is not an input for cells.
    }

    /// <summary>Begins to listen for orders.</summary>
    public void Listen(Action interrupt) => new Thread(() =>
    {
        for (var order = orders.ReadByte(); order >= 0; order = orders.ReadByte())
        {
            if (order == Interrupt)
            {
                interrupt();
            }
        }

        Process.GetCurrentProcess().Kill(); // Not Exit, which would wait for handlers while a cell runs native code.
    })
    { IsBackground = true, Name = "Supervisor's orders" }.Start();

    /// <summary>Reports that a cell starts, or with null that none runs any more.</summary>
    public void Cell(RunningCell? cell) => Write(cell is null ? Report.Idle : Report.Of(cell));

    public void Goodbye() => Write(Report.Goodbye);

    public void Dispose() => reports.Dispose();

    private void Write(string report)
    {
        try
        {
            reports.WriteLine(report);
        }
        catch (IOException)
        {
            // The supervisor is gone, and this process will follow.
        }
    }
}

using System.IO.Pipes;
using System.Text.Json;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Tests.Running;

public sealed class CellHostTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_a_cell_printed_is_told_while_the_cell_keeps_others_from_printing()
    {
        // Console's own stream would wait for the lock, and the cell for whoever holds the outputs.
        var seen = JsonSerializer.Serialize(folder["seen"]);
        var notebook = folder.Notebook("printing.ipynb", $$"""
            lock (Console.Out)
            {
                Console.WriteLine("printed");
                while (!System.IO.File.Exists({{seen}})) System.Threading.Thread.Sleep(1);
            }
            """);
        using var events = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        using var host = ViltProgram.Start(ChildProcess.Command, notebook, events.GetClientHandleAsString());
        events.DisposeLocalCopyOfClientHandle();
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            var ended = false;
            var reader = new LineReader(events, longest: 1 << 20);
            while (await reader.ReadAsync(giveUp.Token) is { } line)
            {
                if (line.ToString().Contains("printed", StringComparison.Ordinal))
                {
                    folder.Write("seen", "");
                }

                ended |= EventStream.Read(line.Bytes) is CellEnded { Failure: null };
            }

            Assert.True(ended);
        }
        finally
        {
            host.Kill();
        }
    }
}

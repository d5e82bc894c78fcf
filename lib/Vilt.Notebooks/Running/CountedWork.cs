using Spectre.Console;

namespace Vilt.Notebooks.Running;

/// <summary>Shows the progress of counted work: as a bar on a terminal, as a line for each twentieth of it in a log.</summary>
internal static class CountedWork
{
    private const int LogLines = 20;

    /// <summary>Reports how much is done and, in one line, what to say about it.</summary>
    public delegate void Report(int done, string line);

    /// <summary>Runs the work on a thread of its own, so that Ctrl+C finds a thread waiting.</summary>
    public static async Task<T> RunAsync<T>(int total, Func<Report, T> work, CancellationToken cancellation)
    {
        if (Console.IsOutputRedirected)
        {
            return await Task.Run(() => work(ToLog(total)), cancellation);
        }

        return await AnsiConsole.Progress().StartAsync(context =>
        {
            var task = context.AddTask("", maxValue: total);
            return Task.Run(() => work((done, line) => (task.Value, task.Description) = (done, Markup.Escape(line))), cancellation);
        });
    }

    private static Report ToLog(int total)
    {
        var written = 0;
        return (done, line) =>
        {
            var twentieth = (int)((long)done * LogLines / total);
            if (twentieth > written)
            {
                Console.Out.WriteLine(line);
                written = twentieth;
            }
        };
    }
}

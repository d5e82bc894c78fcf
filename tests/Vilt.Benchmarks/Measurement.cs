using System.Diagnostics;
using System.Text.Json;
using TorchSharp;

namespace Vilt.Benchmarks;

/// <summary>Repeats work and prints what it took, as one line of JSON.</summary>
internal static class Measurement
{
    /// <param name="name">Of the work.</param>
    /// <param name="warm">Repetitions that are not counted.</param>
    /// <param name="times">Repetitions that are.</param>
    /// <param name="work">The work; its own result goes into the line, to compare it with the peer's.</param>
    public static void Run(string name, int warm, int times, Func<object> work)
    {
        object result = "";
        List<double> seconds = [], cpuSeconds = [];
        for (var i = 0; i < warm + times; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            result = work();
            if (i < warm)
            {
                continue;
            }

            seconds.Add(watch.Elapsed.TotalSeconds);
            cpuSeconds.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            name,
            seconds = seconds.Select(value => Math.Round(value, 5)),
            cpu_seconds = cpuSeconds.Select(value => Math.Round(value, 5)), // of all threads; what else the machine does counts less in it
            median = seconds.Order().ElementAt(seconds.Count / 2),
            peak_rss_mib = Math.Round(process.PeakWorkingSet64 / 1048576.0, 1),
            threads = torch.get_num_threads(),
            result,
        }));
    }
}

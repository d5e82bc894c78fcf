using System.Globalization;

namespace Vilt.Notebooks.Results;

/// <summary>The share of the work that a scheduler's environment variables give to a task.</summary>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="of">
/// Number of shares; tasks then are what their numbers say, whichever of them run. Null: the scheduler's tasks, counted from the first.
/// </param>
/// <param name="offset">Added to the task's number: for more shares than a scheduler allows tasks (Slurm: 1,001).</param>
internal sealed class SchedulerShard(Func<string, string?> variable, int? of, int offset)
{
    private static readonly Scheduler[] Schedulers =
    [
        new("SLURM_ARRAY_TASK_ID") { First = "SLURM_ARRAY_TASK_MIN", Step = "SLURM_ARRAY_TASK_STEP", Count = "SLURM_ARRAY_TASK_COUNT" },
        new("JOB_COMPLETION_INDEX"), // Kubernetes
        new("PBS_ARRAY_INDEX"),
        new("PBS_ARRAYID"), // Torque
        new("SGE_TASK_ID") { CountsFrom = 1, First = "SGE_TASK_FIRST", Step = "SGE_TASK_STEPSIZE", Last = "SGE_TASK_LAST" },
        new("AWS_BATCH_JOB_ARRAY_INDEX") { Count = "AWS_BATCH_JOB_ARRAY_SIZE" },
        new("CLOUD_RUN_TASK_INDEX") { Count = "CLOUD_RUN_TASK_COUNT" },
    ];

    /// <summary>What <c>--help</c> says about the schedulers.</summary>
    public static string Variables => string.Join(", ", Schedulers.Select(scheduler => scheduler.Index));

    /// <summary>Reads the share.</summary>
    /// <exception cref="InvalidDataException">No scheduler's variables are set, or they contradict each other or the options.</exception>
    public Shard Read()
    {
        Shard[] shards = [.. Schedulers.Where(scheduler => IsSet(scheduler.Index)).Select(ShardOf).Distinct()];
        return shards switch
        {
            [var shard] => shard,
            [] => throw new InvalidDataException(
                $"--shard auto: none of {Variables} is set. Run this as an array task, or give the share, such as 0/4."),
            _ => throw new InvalidDataException("--shard auto: the variables of several schedulers are set, and say "
                + $"{string.Join(" and ", shards.Select(shard => $"{shard.Index}/{shard.Count}"))}."),
        };
    }

    private Shard ShardOf(Scheduler scheduler)
    {
        var (first, step) = of is null ? (Number(scheduler.First) ?? 0, Number(scheduler.Step) ?? 1) : (scheduler.CountsFrom, 1);
        var task = Number(scheduler.Index)!.Value;
        var told = Number(scheduler.Count) ?? (Number(scheduler.Last) - Number(scheduler.First)) / Math.Max(1, step) + 1;
        var count = of ?? told ?? throw new InvalidDataException(
            $"--shard auto: {scheduler.Index} does not say how many tasks there are. Give --of N.");
        var index = (task - first) / Math.Max(1, step) + offset;
        if (step < 1 || (task - first) % step != 0 || task < first || index >= count || told > count)
        {
            var tasks = told is null ? "" : $" of {told} tasks";
            throw new InvalidDataException(
                $"--shard auto: {scheduler.Index} is {task}{tasks}, which with an offset of {offset} is share {index} of {count}: "
                + "shares count from 0, and there must be one for each task.");
        }

        return new(index, count);
    }

    private bool IsSet(string name) => variable(name) is { Length: > 0 } value && value != "undefined"; // SGE's value outside an array

    private int? Number(string? name) => name is null || !IsSet(name) ? null
        : int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidDataException($"--shard auto: {name} is \"{variable(name)}\"; expected a whole number.");

    private sealed record Scheduler(string Index)
    {
        public int CountsFrom { get; init; }

        public string? First { get; init; }

        public string? Last { get; init; }

        public string? Step { get; init; }

        public string? Count { get; init; }
    }
}

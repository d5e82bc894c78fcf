using Vilt.Notebooks.Results;

namespace Vilt.Notebooks.Tests.Results;

public class SchedulerShardTests
{
    [Theory]
    [InlineData("SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=4", null, 0, 3, 4)]
    [InlineData("SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=1000", 4000, 2000, 2005, 4000)]
    [InlineData("SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_STEP=4 SLURM_ARRAY_TASK_COUNT=2", 16, 0, 7, 16)] // --array=3,7 again
    [InlineData("SGE_TASK_ID=4 SGE_TASK_FIRST=4 SGE_TASK_LAST=4 SGE_TASK_STEPSIZE=1", 10, 0, 3, 10)] // -t 4 again
    [InlineData("JOB_COMPLETION_INDEX=2", 8, 0, 2, 8)]
    [InlineData("PBS_ARRAY_INDEX=0", 3, 0, 0, 3)]
    [InlineData("PBS_ARRAYID=2", 3, 0, 2, 3)]
    [InlineData("SGE_TASK_ID=3 SGE_TASK_FIRST=1 SGE_TASK_LAST=10 SGE_TASK_STEPSIZE=1", null, 0, 2, 10)]
    [InlineData("SGE_TASK_ID=undefined SGE_TASK_FIRST=undefined JOB_COMPLETION_INDEX=1", 2, 0, 1, 2)]
    [InlineData("AWS_BATCH_JOB_ARRAY_INDEX=9 AWS_BATCH_JOB_ARRAY_SIZE=10", null, 0, 9, 10)]
    [InlineData("CLOUD_RUN_TASK_INDEX=0 CLOUD_RUN_TASK_COUNT=1", null, 0, 0, 1)]
    [InlineData("CLOUD_RUN_TASK_INDEX=1 CLOUD_RUN_TASK_COUNT=2 JOB_COMPLETION_INDEX=1", 2, 0, 1, 2)] // both say the same
    public void A_schedulers_variables_tell_the_share(string variables, int? of, int offset, int index, int count) =>
        Assert.Equal(new Shard(index, count), Read(variables, of, offset));

    [Theory]
    [InlineData("", null, 0, "none of SLURM_ARRAY_TASK_ID")]
    [InlineData("JOB_COMPLETION_INDEX=2", null, 0, "Give --of N")]
    [InlineData("JOB_COMPLETION_INDEX=2", 2, 0, "JOB_COMPLETION_INDEX is 2")]
    [InlineData("JOB_COMPLETION_INDEX=1", 2, 1, "share 2 of 2")]
    [InlineData("JOB_COMPLETION_INDEX=two", 3, 0, "JOB_COMPLETION_INDEX is \"two\"")]
    [InlineData("SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=4", null, 0, "SLURM_ARRAY_TASK_ID is 4")]
    [InlineData("SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=4", null, 0, "SLURM_ARRAY_TASK_ID is 0")]
    [InlineData("AWS_BATCH_JOB_ARRAY_INDEX=1 AWS_BATCH_JOB_ARRAY_SIZE=10", 5, 0, "of 10 tasks")]
    [InlineData("CLOUD_RUN_TASK_INDEX=1 CLOUD_RUN_TASK_COUNT=2 JOB_COMPLETION_INDEX=0", 2, 0, "several schedulers")]
    public void What_contradicts_is_an_error(string variables, int? of, int offset, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Read(variables, of, offset)).Message, StringComparison.Ordinal);

    private static Shard Read(string variables, int? of, int offset)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return new SchedulerShard(name => set.GetValueOrDefault(name), of, offset).Read();
    }
}

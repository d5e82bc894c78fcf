using System.CommandLine;

namespace Vilt.Notebooks.Results;

/// <summary>Options of the commands that write results of a data set.</summary>
internal static class BulkOptions
{
    public static Option<string> Out() =>
        new("--out") { Description = "Folder for the results; what is there already is not made again.", HelpName = "DIR", Required = true };

    public static Option<Shard> Part() => new("--shard")
    {
        Description = "The share i of n of the work, i from 0: for Slurm arrays and indexed jobs. All may write to one folder.",
        HelpName = "i/n",
        DefaultValueFactory = _ => Shard.Whole,
        CustomParser = result =>
        {
            if (Shard.Parse(result.Tokens[0].Value) is Shard shard)
            {
                return shard;
            }

            result.AddError($"--shard {result.Tokens[0].Value}: a share such as 0/4 was expected, the first number from 0 to 3.");
            return default;
        },
    };

    public static Option<bool> BFloat16() =>
        new("--bf16") { Description = "Compute in bfloat16: faster where the processor has it, and less exact." };
}

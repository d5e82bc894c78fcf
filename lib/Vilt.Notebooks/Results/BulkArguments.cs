using System.CommandLine;
using Vilt.Notebooks.Commands;

namespace Vilt.Notebooks.Results;

/// <summary>The arguments that the commands share which write results of a data set.</summary>
internal sealed class BulkArguments
{
    private readonly Argument<string> checkpoint = CheckpointArgument.Create();
    private readonly Option<string> data = DataOptions.Folder();
    private readonly Option<string?> split = DataOptions.Split();
    private readonly Option<int?> limit = CountOption.Optional("--limit", "Take the first N questions only. Default: all.");
    private readonly Option<string> output = new("--out") { Description = "Folder for the results; what is there already is not made again.", HelpName = "DIR", Required = true };
    private readonly Option<bool> bfloat16 = new("--bf16") { Description = "Compute in bfloat16: faster where the processor has it, and less exact." };
    private readonly Option<Shard> shard = new("--shard")
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

    public void AddTo(Command command)
    {
        command.Add(checkpoint);
        foreach (var option in (Option[])[data, split, limit, output, shard, bfloat16])
        {
            command.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    public BulkPlan Read(ParseResult parsed) => new(
        parsed.CommandResult.Command.Name, parsed.GetRequiredValue(checkpoint), parsed.GetRequiredValue(data), parsed.GetValue(split),
        parsed.GetValue(limit), parsed.GetRequiredValue(output), parsed.GetValue(shard), parsed.GetValue(bfloat16));
}

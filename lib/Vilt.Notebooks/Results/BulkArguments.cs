using System.CommandLine;
using System.CommandLine.Parsing;
using Vilt.Notebooks.Commands;

namespace Vilt.Notebooks.Results;

/// <summary>The arguments shared by the commands that write results for a data set.</summary>
internal sealed class BulkArguments
{
    private readonly Argument<string> checkpoint = CheckpointArgument.Create();
    private readonly Option<string> data = DataOptions.Folder();
    private readonly Option<string?> split = DataOptions.Split();
    private readonly Option<int?> limit = CountOption.Optional("--limit", "Take only the first N questions. Default: all.");
    private readonly Option<string> output = new("--out") { Description = "Folder for the results; what is already there is not computed again.", HelpName = "DIR", Required = true };
    private readonly Option<bool> bfloat16 = new("--bf16") { Description = "Compute in bfloat16: faster if the processor has it, but less exact." };
    private readonly Option<string?> shard = new("--shard")
    {
        Description = "The share i of n of the work, i from 0, or auto: taken from a scheduler's variables "
            + $"({SchedulerShard.Variables}). All shares may write to the same folder.",
        HelpName = "i/n|auto",
    };
    private readonly Option<int?> of = CountOption.Optional(
        "--of", "With --shard auto: the number of shares, of which any may run, if they are not just the scheduler's tasks.");
    private readonly Option<int> offset = new("--shard-offset")
    {
        Description = "With --shard auto and --of: added to the task's number, for more shares than the scheduler allows tasks.",
        HelpName = "K",
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<int> maxErrors = new("--max-errors")
    {
        Description = "Skip up to this many pictures of the share that can't be read; part-….errors.csv lists them with their questions.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    public void AddTo(Command command)
    {
        command.Add(checkpoint);
        foreach (var option in (Option[])[data, split, limit, output, shard, of, offset, maxErrors, bfloat16])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            try
            {
                ShardOf(result);
            }
            catch (InvalidDataException error)
            {
                result.AddError(error.Message);
            }
        });
    }

    /// <summary>Reads them.</summary>
    public BulkPlan Read(ParseResult parsed) => new(
        parsed.CommandResult.Command.Name, parsed.GetRequiredValue(checkpoint), parsed.GetRequiredValue(data), parsed.GetValue(split),
        parsed.GetValue(limit), parsed.GetRequiredValue(output), ShardOf(parsed.CommandResult), parsed.GetValue(bfloat16),
        parsed.GetValue(maxErrors));

    private Shard ShardOf(CommandResult result)
    {
        var text = result.GetValue(shard);
        if (text == "auto")
        {
            return new SchedulerShard(Environment.GetEnvironmentVariable, result.GetValue(of), result.GetValue(offset)).Read();
        }

        return result.GetValue(of) is not null || result.GetValue(offset) != 0
            ? throw new InvalidDataException("--of and --shard-offset go with --shard auto.")
            : text is null ? Shard.Whole : Shard.Parse(text) ?? throw new InvalidDataException(
                $"--shard {text}: expected a share such as 0/4, the first number from 0 to 3, or auto.");
    }
}

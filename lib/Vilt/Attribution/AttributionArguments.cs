using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>What every attribution method takes, by captum's names. A method ignores what it has no use for, such as baselines.</summary>
/// <param name="Inputs">
/// Each (examples, …), in the order of the forward function; all must be on the model's device. Methods that attribute to inputs by
/// their gradient take only floating-point types.
/// </param>
/// <exception cref="ArgumentException">There is no input, or they differ in their first dimension.</exception>
public sealed record AttributionArguments(IReadOnlyList<Tensor> Inputs)
{
    private const int MostRows = 16; // more are no faster
    private const long MostBytes = 1L << 29;
    private const int MemoryShare = 8; // and at most an eighth of this machine's or container's memory
    private const int BytesPerInputByte = 68; // what a vision transformer keeps for the backward pass, roughly

    /// <inheritdoc cref="AttributionArguments" path="/param[@name='Inputs']"/>
    public IReadOnlyList<Tensor> Inputs { get; init => field = Checked(value); } = Checked(Inputs);

    /// <summary>What inputs are compared with, one for each; null for 0.</summary>
    public IReadOnlyList<Baseline>? Baselines { get; init; }

    /// <summary>The class to explain, or one for each example; none if the output is one number for each example.</summary>
    public Target Target { get; init; }

    /// <summary>
    /// What the forward function takes after the inputs. Those with a first dimension, the examples, are repeated where a pass has
    /// several rows for each example.
    /// </summary>
    public IReadOnlyList<Tensor?> AdditionalForwardArgs { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Rows in a pass: max(1, size ÷ examples) steps, perturbations or samples at a time. It bounds the memory and changes results by
    /// rounding only. Null takes as many, up to 16, as should stay within 512 MiB and an eighth of the memory.
    /// </summary>
    public int? InternalBatchSize
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The internalBatchSize must be at least 1.");
    }

    /// <summary>Receives the progress after each pass.</summary>
    public IProgress<AttributionProgress>? Progress { get; init; }

    /// <summary>Checked before each pass.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal int Examples => (int)Inputs[0].shape[0];

    /// <summary>How many rows for each example a pass has room for.</summary>
    internal int RowsPerExample => Math.Max(1, (InternalBatchSize ?? RowsInMemory) / Examples);

    /// <summary>
    /// The rows of all passes, as many at a time as there is room for. Stops when canceled, and reports each pass when the next is asked
    /// for.
    /// </summary>
    internal IEnumerable<(int From, int Count)> Passes(int rows)
    {
        for (var from = 0; from < rows; from += RowsPerExample)
        {
            CancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(RowsPerExample, rows - from);
            yield return (from, count);
            Progress?.Report(new(from + count, rows));
        }
    }

    /// <summary>A pass of a method within another, which reports progress itself.</summary>
    /// <param name="inputs">(times · examples, …) each, the rows of the first time first.</param>
    /// <param name="times">How many rows there are for each example.</param>
    internal AttributionArguments Rows(IReadOnlyList<Tensor> inputs, int times) => this with
    {
        Inputs = inputs,
        Baselines = Baselines is null ? null : [.. Baselines.Select(baseline => baseline.Repeat(times))],
        Target = Target.Repeat(times),
        AdditionalForwardArgs = [.. RepeatAdditional(times)],
        Progress = null,
    };

    /// <summary>The same for inputs moved by some samples of a perturbation, the rows of the first sample first.</summary>
    internal AttributionArguments Perturbed(Perturbation perturbation, int from, int count)
    {
        Tensor[][] samples = [.. Enumerable.Range(from, count).Select(sample => Moved(perturbation.Checked(Inputs, sample)))];
        return Rows([.. Inputs.Select((_, i) => count == 1 ? samples[0][i] : cat([.. samples.Select(sample => sample[i])]))], count);
    }

    private Tensor[] Moved(IReadOnlyList<Tensor> shifts) => [.. Inputs.Zip(shifts, (input, shift) => input.Plus(shift))];

    private int RowsInMemory
    {
        get
        {
            var most = Math.Min(MostBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryShare);
            var repeated = Inputs.Concat(AdditionalForwardArgs).OfType<Tensor>().Where(IsOfExamples);
            var perRow = repeated.Sum(tensor => tensor.numel() * tensor.element_size()) / Examples * BytesPerInputByte;
            return (int)Math.Clamp(most / Math.Max(1, perRow), 1, MostRows);
        }
    }

    /// <summary>The baselines as tensors of the inputs' shapes.</summary>
    internal Tensor[] BaselineTensors() => Baseline.For(Inputs, Baselines);

    /// <summary>All arguments of a pass, each repeated this many times: the rows of the first time come first.</summary>
    internal IReadOnlyList<Tensor?> Repeat(int times) => [.. Inputs.Select(input => Repeat(input, times)), .. RepeatAdditional(times)];

    /// <summary>The further arguments alone, repeated likewise.</summary>
    internal IEnumerable<Tensor?> RepeatAdditional(int times) => AdditionalForwardArgs.Select(argument => Repeat(argument, times));

    /// <summary>All arguments of a pass for these inputs and for others: the rows of these come first.</summary>
    internal IReadOnlyList<Tensor?> Together(IReadOnlyList<Tensor> others) =>
        [.. Inputs.Zip(others, (own, other) => cat([own, other.to_type(own.dtype)])), .. RepeatAdditional(2)];

    // A tensor without dimensions is a setting, not data of the examples.
    private static bool IsOfExamples(Tensor argument) => argument.dim() > 0;

    internal static Tensor? Repeat(Tensor? argument, int times)
    {
        if (argument is null || !IsOfExamples(argument) || times == 1)
        {
            return argument;
        }

        return argument.repeat([times, .. Enumerable.Repeat(1L, (int)argument.dim() - 1)]);
    }

    private static IReadOnlyList<Tensor> Checked(IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0)
        {
            throw new ArgumentException("There are no inputs to explain.", nameof(inputs));
        }

        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is null || inputs[i].dim() == 0 || inputs[i].shape[0] != inputs[0].shape[0] || inputs[i].shape[0] == 0)
            {
                throw new ArgumentException(
                    $"Input {i} must be a tensor whose first dimension is the examples, as many as of input 0.", nameof(inputs));
            }
        }

        return inputs;
    }
}

/// <summary>The progress of an attribution.</summary>
/// <param name="StepsDone">Steps of the path, perturbations or samples that are computed.</param>
/// <param name="Steps">All of them; where their number is found on the way, those known so far.</param>
public readonly record struct AttributionProgress(int StepsDone, int Steps);

using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>
/// Blocks that keep only their input for the backward pass and are computed again in it (Chen et al. 2016,
/// https://arxiv.org/abs/1604.06174): a third more time, and the activations of one block instead of all.
/// </summary>
internal sealed class Recomputation : IDisposable
{
    [ThreadStatic] private static Recomputation? current;

    private readonly List<(Func<Tensor, Tensor, Tensor> Block, Tensor Input)> blocks = [];
    private Tensor? mask;
    private Tensor? output;
    private Tensor? embeddings;

    private readonly long mostBytes;

    private Recomputation(long mostBytes) => this.mostBytes = mostBytes;

    /// <summary>The one for this thread's training step; null outside a step.</summary>
    internal static Recomputation? Current => current;

    /// <summary>Lets the blocks of this thread's next forward pass be recomputed, until disposed.</summary>
    /// <param name="mostBytes">Kept for the backward pass; where more would be, blocks are computed twice.</param>
    internal static Recomputation Begin(long mostBytes) => current = new(mostBytes);

    /// <summary>Whether blocks that would keep so many bytes are computed twice.</summary>
    internal bool IsFor(long bytes) => bytes > mostBytes;

    /// <summary>Runs the blocks one after the other, each from its input (B, S, D) and the mask.</summary>
    /// <returns>Output of the last, from which the graph goes on.</returns>
    internal Tensor Run(IEnumerable<Func<Tensor, Tensor, Tensor>> encoder, Tensor hidden, Tensor attentionMask)
    {
        (embeddings, mask) = (Kept(hidden.alias()), Kept(attentionMask.detach()));
        output = Leaf(hidden);
        using var noGradients = no_grad();
        foreach (var block in encoder)
        {
            blocks.Add((block, output));
            using var next = block(output, mask);
            output = Leaf(next);
        }

        return output.alias();
    }

    /// <summary>Backward from the loss to all weights, whether blocks ran here or not.</summary>
    /// <param name="loss">()</param>
    /// <param name="afterEach">Called whenever the gradients of more weights are complete.</param>
    internal void Backward(Tensor loss, Action afterEach)
    {
        loss.backward();
        if (output is null)
        {
            return;
        }

        afterEach();
        foreach (var (block, input) in Enumerable.Reverse(blocks))
        {
            Backward(block(input, mask!), output);
            output = input;
            afterEach();
        }

        if (embeddings!.requires_grad) // not where they don't learn
        {
            Backward(embeddings, output);
        }
    }

    /// <summary>Frees what was kept.</summary>
    public void Dispose()
    {
        current = null;
        foreach (var kept in (ReadOnlySpan<Tensor?>)[mask, output, embeddings, .. blocks.Select(block => block.Input)])
        {
            kept?.Dispose();
        }
    }

    private static void Backward(Tensor computed, Tensor leaf)
    {
        using var scope = NewDisposeScope();
        autograd.backward([computed], [leaf.grad!]);
        computed.Dispose();
        leaf.Dispose();
    }

    private static Tensor Leaf(Tensor tensor) => Kept(tensor.detach().requires_grad_());

    private static Tensor Kept(Tensor tensor) => tensor.DetachFromDisposeScope();
}

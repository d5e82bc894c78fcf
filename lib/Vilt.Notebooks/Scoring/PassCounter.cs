using System.Diagnostics;
using Vilt.Attribution;
using Vilt.Model;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Notebooks.Scoring;

/// <summary>What attributions took: rows that went forward and backward through the model, several of which share a pass, and time.</summary>
internal readonly record struct PassCount(long Forward, long Backward, double Seconds);

/// <summary>Counts what attributions take of a model.</summary>
internal sealed class PassCounter : IDisposable
{
    private readonly Module<Tensor, Tensor>.HookRemover hook;
    private long forward, backward;

    /// <param name="model">The model; its head is watched until this is disposed.</param>
    public PassCounter(ViltForQuestionAnswering model) =>
        hook = ((Module<Tensor, Tensor>)model.GetSubmodule("classifier")).register_forward_hook((_, _, output) =>
        {
            forward += output.shape[0];
            backward += output.requires_grad ? output.shape[0] : 0; // what is recorded, every method differentiates once
            return output;
        });

    /// <summary>Of the last attribution by a method that was given to <see cref="Watch"/>.</summary>
    public PassCount Last { get; private set; }

    /// <summary>The same method, whose attributions are counted.</summary>
    public IAttributionMethod Watch(IAttributionMethod method) => new Watched(this, method);

    public void Dispose() => hook.remove();

    private sealed class Watched(PassCounter counter, IAttributionMethod method) : IAttributionMethod
    {
        public AttributionResult Attribute(AttributionArguments arguments)
        {
            (counter.forward, counter.backward) = (0, 0);
            var started = Stopwatch.GetTimestamp();
            var result = method.Attribute(arguments);
            counter.Last = new(counter.forward, counter.backward, Stopwatch.GetElapsedTime(started).TotalSeconds);
            return result;
        }
    }
}

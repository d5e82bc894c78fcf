using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Vilt.Attribution;
using Vilt.Data;
using Vilt.Evaluation;
using Vilt.Explorer.Work;
using Vilt.Pipelines;

namespace Vilt.Explorer.Asking;

/// <summary>Explains an answer, a round of steps at a time; other clients have their turns between the rounds.</summary>
/// <param name="queue">Where the rounds wait for their turns.</param>
/// <param name="vqa">The model.</param>
/// <param name="picture">The picture as the model sees it.</param>
/// <param name="why">What to explain.</param>
/// <param name="deciding">The pixels that decide the answer, where they are known.</param>
internal sealed class Explaining(ModelQueue queue, VqaPipeline vqa, RgbImage picture, WhyRequest why, DecidingPixels? deciding)
{
    /// <summary>The maps, the last one whole, as server-sent events; what goes wrong is an event too.</summary>
    public async IAsyncEnumerable<SseItem<object>> EventsAsync(string client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var maps = MapsAsync(client, cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            SseItem<object> next;
            try
            {
                if (!await maps.MoveNextAsync())
                {
                    break;
                }

                next = new(ExplanationMap.Of(maps.Current, StepsOfPath, deciding), "map");
            }
            catch (Exception error) when (error is Refusal or ArgumentException or InvalidDataException or InvalidOperationException)
            {
                next = new(new { error = error.Message }, "refusal");
            }

            yield return next;
            if (next.EventType == "refusal")
            {
                break;
            }
        }
    }

    /// <summary>The explanation, when all of it is there.</summary>
    public async Task<VqaExplanation> WholeAsync(string client, CancellationToken cancellation) =>
        await MapsAsync(client, cancellation).LastAsync(cancellation);

    private int? StepsOfPath => why.Method == WhyRequest.LayerIntegratedGradients ? why.Steps : null;

    private IAsyncEnumerable<VqaExplanation> MapsAsync(string client, CancellationToken cancellation) =>
        StepsOfPath is null ? OtherAsync(client, cancellation) : RoundsAsync(client, cancellation);

    private async IAsyncEnumerable<VqaExplanation> RoundsAsync(string client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        double[,]? pixels = null; // the sums of the parts so far, (rows, columns)
        double[]? words = null;
        var (done, weight) = (0, 0.0); // steps, and their share of the path
        foreach (var (steps, more) in ExplanationRounds.Of(why.Steps))
        {
            var part = await queue.RunAsync(client, token => Explain(steps, method: null, token), cancellation);
            pixels ??= new double[part.Pixels.GetLength(0), part.Pixels.GetLength(1)];
            words ??= new double[part.Words.Count];
            done += part.Steps!.Value;
            weight += more;
            yield return Add(part, pixels, words, done == why.Steps ? 1 : 1 / weight) with { Steps = done };
        }
    }

    private async IAsyncEnumerable<VqaExplanation> OtherAsync(string client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return await queue.RunAsync(
            client,
            token =>
            {
                var arguments = vqa.Arguments(picture, why.Question, new() { Target = why.Answer, Baseline = why.Baseline });
                return Explain(PathSteps.Fixed(why.Steps), VqaMethods.Make(why.Method, vqa, arguments, PathSteps.Fixed(why.Steps)), token);
            },
            cancellation);
    }

    private VqaExplanation Explain(PathSteps steps, IAttributionMethod? method, CancellationToken cancellation) => vqa.Explain(
        picture, why.Question, new() { Target = why.Answer, Baseline = why.Baseline, Steps = steps, Method = method }, cancellationToken: cancellation);

    /// <summary>Adds a part of the path to the sums, and scales these to the whole path.</summary>
    private static VqaExplanation Add(VqaExplanation part, double[,] pixels, double[] words, double scale)
    {
        var change = part.ImageContribution + part.TextContribution - part.ConvergenceDelta!.Value; // F(input) − F(baseline)
        var scaled = new double[pixels.GetLength(0), pixels.GetLength(1)]; // (rows, columns)
        for (var row = 0; row < scaled.GetLength(0); row++)
        {
            for (var column = 0; column < scaled.GetLength(1); column++)
            {
                pixels[row, column] += part.Pixels[row, column];
                scaled[row, column] = scale * pixels[row, column];
            }
        }

        for (var i = 0; i < words.Length; i++)
        {
            words[i] += part.Words[i];
        }

        var whole = part with { Pixels = scaled, Words = [.. words.Select(word => (float)(scale * word))] };
        return whole with { ConvergenceDelta = whole.ImageContribution + whole.TextContribution - change };
    }
}

using Microsoft.AspNetCore.Http;
using static TorchSharp.torch;

namespace Vilt.Explorer.Work;

/// <summary>
/// The line in front of the models: one thread computes, and clients take turns, however much each of them asks for. Work that nobody
/// waits for anymore is dropped.
/// </summary>
internal sealed class ModelQueue : IDisposable
{
    private const int MostOfClient = 24, MostOfAll = 1000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<Job>> waiting = []; // by client; none is empty
    private readonly Queue<string> turns = new(); // the clients that wait, each once
    private readonly SemaphoreSlim added = new(0);
    private readonly CancellationTokenSource stop = new();
    private readonly Thread thread;

    public ModelQueue()
    {
        thread = new(Work) { IsBackground = true, Name = "models" };
        thread.Start();
    }

    /// <summary>Computes something when it is the client's turn.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="compute">What; its tensors are disposed.</param>
    /// <param name="cancellation">Drops the work.</param>
    /// <exception cref="Refusal">Too much waits already.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task<T> RunAsync<T>(string client, Func<CancellationToken, T> compute, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stop.Token);
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var token = either.Token; // the work may come up after this method has ended
        await using var dropped = token.Register(() => done.TrySetCanceled(token));
        Add(client, new(() => Complete(done, compute, token)));
        return await done.Task;
    }

    public void Dispose()
    {
        stop.Cancel();
        thread.Join(TimeSpan.FromSeconds(2)); // A pass that is running is not waited for longer: the process ends.
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<CancellationToken, T> compute, CancellationToken cancellation)
    {
        if (done.Task.IsCompleted)
        {
            return;
        }

        try
        {
            using var scope = NewDisposeScope();
            done.TrySetResult(compute(cancellation));
        }
        catch (OperationCanceledException)
        {
            done.TrySetCanceled(cancellation);
        }
        catch (Exception error)
        {
            done.TrySetException(error);
        }
    }

    private void Add(string client, Job job)
    {
        lock (gate)
        {
            var own = waiting.GetValueOrDefault(client);
            if (own?.Count >= MostOfClient || waiting.Values.Sum(jobs => jobs.Count) >= MostOfAll)
            {
                throw new Refusal(StatusCodes.Status429TooManyRequests, "Too many requests are waiting. Try again in a moment.");
            }

            if (own is null)
            {
                waiting[client] = own = new();
                turns.Enqueue(client);
            }

            own.Enqueue(job);
        }

        added.Release();
    }

    private Job Next()
    {
        lock (gate)
        {
            var client = turns.Dequeue();
            var own = waiting[client];
            var job = own.Dequeue();
            if (own.Count > 0)
            {
                turns.Enqueue(client);
            }
            else
            {
                waiting.Remove(client);
            }

            return job;
        }
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                added.Wait(stop.Token);
                Next().Run();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private sealed record Job(Action Run);
}

using System.Diagnostics;
using System.Runtime;
using System.Text.Json;
using Vilt.Attribution;
using Vilt.Model;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Benchmarks;

/// <summary>Whether memory grows with time.</summary>
internal static class LongRun
{
    /// <summary>Training steps, then 200 attributions, in one process: live tensors and resident memory on the way.</summary>
    public static void Run(string checkpoint, string data, string finetuned, string inputs, int steps)
    {
        List<object> samples = [];
        var (body, dataset) = ModelWork.Lesson(checkpoint, data, questions: 1000);
        using (var model = body.QuestionAnswering(dataset.Vocabulary.Answers).Model)
        using (var trainer = new Trainer(model, new TrainingOptions { Steps = steps }))
        {
            trainer.Train(dataset, new Every(250, step => samples.Add(Sample($"step {step}"))));
        }

        using var trained = ModelWork.Load(finetuned, bfloat16: false);
        using var batch = ModelWork.Read(inputs);
        using var wrapped = new ModelInputWrapper(new ViltLogits(trained));
        var method = new LayerIntegratedGradients(wrapped, [wrapped.InputMaps["pixelValues"], trained.WordEmbeddings]);
        for (var i = 1; i <= 200; i++)
        {
            using (ModelWork.Explain(method, batch, target: 3, steps: 30)) { }

            if (i % 25 == 0)
            {
                samples.Add(Sample($"attribution {i}"));
            }
        }

        Console.WriteLine(JsonSerializer.Serialize(samples));
    }

    /// <summary>What the process holds now.</summary>
    public static object Sample(string after)
    {
        using var process = Process.GetCurrentProcess();
        return new
        {
            after,
            tensors = Tensor.TotalCount,
            resident_mib = Math.Round(process.WorkingSet64 / 1048576.0, 1),
            managed_mib = Math.Round(GC.GetGCMemoryInfo().TotalCommittedBytes / 1048576.0, 1),
            methods_compiled = JitInfo.GetCompiledMethodCount(),
        };
    }

    private sealed class Every(int steps, Action<int> sample) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress progress)
        {
            if (progress.Step % steps == 0)
            {
                sample(progress.Step);
            }
        }
    }
}

using System.CommandLine;
using Vilt.Data;
using Vilt.Notebooks.Results;
using Vilt.Pipelines;
using Vilt.Processing;
using Vilt.Results;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt predict</c>: the most probable answers to every question of a data set.</summary>
internal static class PredictCommand
{
    private const int PartSize = 256, Best = 5;

    public static readonly string[] Examples =
    [
        "vilt predict assets/vilt-zoo-finetuned-vqa --data data/zoo --out answers",
        "vilt predict my-model --data vqa --split val2014 --out answers --shard $SLURM_ARRAY_TASK_ID/8",
    ];

    public static Command Create()
    {
        var arguments = new BulkArguments();
        var batchSize = CountOption.WithDefault("--batch-size", "Questions answered at once. Affects only speed and memory.", 16);
        var command = new Command(PredictionRow.Command, "Writes the five most probable answers to each question of a data set: question_id (N), "
            + "answers (N, 5), which count through id2label, and probabilities (N, 5), in safetensors of 256 questions.");
        arguments.AddTo(command);
        command.Add(batchSize);
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = arguments.Read(parsed);
            using var vqa = plan.Model();
            var count = await plan.FillAsync(
                vqa, PartSize, [], (part, tell) => Answers(vqa, part, parsed.GetValue(batchSize), tell, cancellation), cancellation);
            Console.Out.WriteLine($"{count} questions answered in {plan.Output}");
            return ExitCode.Success;
        });
        return command;
    }

    private static Dictionary<string, Tensor> Answers(
        VqaPipeline vqa, VqaExample[] examples, int batchSize, Action tell, CancellationToken cancellation)
    {
        var loader = new VqaDataLoader(new VqaDataset(examples, vqa.Processor, vqa.Answers), batchSize, shuffle: false, seed: 0);
        List<VqaAnswers> answered = [];
        try
        {
            foreach (var batch in loader.Epoch(0, cancellationToken: cancellation))
            {
                using (batch)
                {
                    answered.AddRange(vqa.Ask(batch, Best));
                    for (var i = 0; i < batch.Size; i++)
                    {
                        tell();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (answered.Count > 0)
        {
            // What is done is kept.
        }

        long[] shape = [answered.Count, Math.Min(Best, vqa.Answers.Count)]; // (N, 5)
        var best = answered.SelectMany(answers => answers).ToList();
        return new()
        {
            ["question_id"] = tensor(examples.Take(answered.Count).Select(example => example.Question.QuestionId).ToArray()),
            ["answers"] = tensor(best.Select(one => (long)vqa.Answers.IdOf(one.Answer)).ToArray(), shape),
            ["probabilities"] = tensor(best.Select(one => (float)one.Probability).ToArray(), shape),
        };
    }
}

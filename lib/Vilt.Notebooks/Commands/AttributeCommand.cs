using System.CommandLine;
using System.Globalization;
using Vilt.Attribution;
using Vilt.Data;
using Vilt.Notebooks.Results;
using Vilt.Pipelines;
using Vilt.Results;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt attribute</c>: explains a model's own answer to every question of a data set.</summary>
internal static class AttributeCommand
{
    private const int PartSize = 16;

    public static readonly string[] Examples =
    [
        "vilt attribute assets/vilt-zoo-finetuned-vqa --data data/zoo --out maps --limit 100",
        "vilt attribute my-model --data vqa --split val2014 --out maps --until 0.05 --shard $JOB_COMPLETION_INDEX/8",
    ];

    public static Command Create()
    {
        var arguments = new BulkArguments();
        var steps = CountOption.WithDefault("--steps", "Steps of the path from baseline to input.", 30);
        var until = NumberOption.Optional("--until", "Take as many steps as this convergence delta needs, in units of the logit.", "DELTA");
        var command = new Command(ExplanationRow.Command, "Explains each answer of a model by Layer Integrated Gradients: question_id, answer, "
            + "convergence_delta and steps (N), and for each question ID.pixels (rows, columns), ID.words (tokens) and ID.tokens (UTF-8, a line for each that is not padding), in safetensors of 16 questions.");
        arguments.AddTo(command);
        command.Add(steps);
        command.Add(until);
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = arguments.Read(parsed);
            using var vqa = plan.Model();
            var (wanted, path) = parsed.GetValue(until) is double delta
                ? (string.Create(CultureInfo.InvariantCulture, $"until {delta}"), PathSteps.Until(delta))
                : ($"{parsed.GetValue(steps)}", PathSteps.Fixed(parsed.GetValue(steps)));
            var options = new ExplainOptions { Steps = path };
            var count = await plan.FillAsync(
                vqa, PartSize, [("steps", wanted)], (part, tell) => Explanations(vqa, options, part, tell, cancellation), cancellation);
            Console.Out.WriteLine($"{count} answers explained in {plan.Output}");
            return ExitCode.Success;
        });
        return command;
    }

    // Null if it was canceled and others are done, which are kept.
    private static VqaExplanation? Explanation(
        VqaPipeline vqa, ExplainOptions options, VqaExample example, bool isNeeded, CancellationToken cancellation)
    {
        try
        {
            return vqa.Explain(example.FetchImage(), example.Question.Question, options, cancellationToken: cancellation);
        }
        catch (OperationCanceledException) when (!isNeeded)
        {
            return null;
        }
    }

    private static Dictionary<string, Tensor> Explanations(
        VqaPipeline vqa, ExplainOptions options, VqaExample[] examples, Action tell, CancellationToken cancellation)
    {
        var padding = vqa.Processor.Tokenizer.Tokens([vqa.Processor.Tokenizer.PadTokenId])[0];
        Dictionary<string, Tensor> results = [];
        List<VqaExplanation> explanations = [];
        foreach (var example in examples)
        {
            if (Explanation(vqa, options, example, isNeeded: explanations.Count == 0, cancellation) is not { } explanation)
            {
                break;
            }

            explanations.Add(explanation);
            var pixels = explanation.Pixels;
            var (pixelsName, words, tokens) = ExplanationRow.TensorsOf(example.Question.QuestionId);
            results.Add(pixelsName,
                tensor(pixels.Cast<double>().ToArray(), [pixels.GetLength(0), pixels.GetLength(1)], ScalarType.Float32));
            results.Add(words, tensor(explanation.Words.ToArray()));
            results.Add(tokens, ExplanationRow.Packed(explanation.Tokens.Where(token => token != padding)));
            tell();
        }

        results.Add("question_id", tensor(examples.Take(explanations.Count).Select(example => example.Question.QuestionId).ToArray()));
        results.Add("answer", tensor(explanations.Select(explanation => (long)vqa.Answers.IdOf(explanation.Target)).ToArray()));
        results.Add("convergence_delta", tensor(explanations.Select(explanation => (float)explanation.ConvergenceDelta!).ToArray()));
        results.Add("steps", tensor(explanations.Select(explanation => (long)explanation.Steps!).ToArray()));
        return results;
    }
}

using TorchSharp;
using Vilt.Attribution;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Benchmarks;

/// <summary>What the model is used for.</summary>
internal static class ModelWork
{
    /// <summary>From files to a model, as a notebook does once; what is measured first finds the files on disk or in the page cache.</summary>
    public static void Load(string checkpoint, int times) => Measurement.Run("load", warm: 0, times, () =>
    {
        using var model = Load(checkpoint, bfloat16: false);
        return model.parameters().Sum(parameter => parameter.numel());
    });

    public static void Infer(string checkpoint, string inputs, bool bfloat16, int times)
    {
        using var model = Load(checkpoint, bfloat16);
        using var batch = Read(inputs) with { Labels = null };
        using var noGradients = no_grad();
        Measurement.Run("infer", warm: 2, times, () =>
        {
            using var output = model.forward(batch);
            return output.Logits.data<float>().Take(5).ToArray();
        });
    }

    public static void Train(string checkpoint, string inputs, bool bfloat16, int times)
    {
        using var model = Load(checkpoint, bfloat16: false);
        using var batch = Read(inputs);
        using var trainer = new Trainer(model, new TrainingOptions { BFloat16 = bfloat16 });
        List<float> losses = [];
        Measurement.Run("train", warm: 1, times, () =>
        {
            losses.Add(trainer.Step(batch));
            return losses;
        });
    }

    /// <summary>The lesson's training: 100 questions, in batches of four, 25 times.</summary>
    public static void Finetune(string checkpoint, string data, int times)
    {
        var (body, dataset) = Lesson(checkpoint, data, questions: 100);
        Measurement.Run("finetune", warm: 0, times, () =>
        {
            using var model = body.QuestionAnswering(dataset.Vocabulary.Answers).Model;
            using var trainer = new Trainer(model, new TrainingOptions { LearningRate = 5e-4 });
            return trainer.Train(dataset).Losses[^1];
        });
    }

    public static void Attribute(string checkpoint, string inputs, bool bfloat16, int target, int steps, int? chunk, double? until, int times)
    {
        using var model = Load(checkpoint, bfloat16);
        using var batch = Read(inputs);
        using var wrapped = new ModelInputWrapper(new ViltLogits(model));
        var method = new LayerIntegratedGradients(wrapped, [wrapped.InputMaps["pixelValues"], model.WordEmbeddings]);
        Measurement.Run("attribute", warm: 0, times, () =>
        {
            using var scope = NewDisposeScope();
            using var result = Explain(method, batch, target, steps, chunk, until);
            return new
            {
                pixels = result.Attributions[0].sum().item<float>(),
                words = result.Attributions[1].sum().item<float>(),
                delta = result.ConvergenceDelta.data<float>().ToArray(),
                steps = result.Steps,
            };
        });
    }

    /// <summary>A body to train, and the first questions of a folder with all its answers.</summary>
    internal static (ViltCheckpoint Body, VqaDataset Dataset) Lesson(string checkpoint, string data, int questions)
    {
        var paired = VqaFolder.Read(data);
        var answers = FrequentAnswers.Of(paired.Examples.Select(example => example.Annotation!), atLeast: 1);
        var body = ViltCheckpoint.From(checkpoint);
        return (body, new VqaDataset([.. paired.Examples.Take(questions)], body.Processor(), answers));
    }

    internal static IntegratedGradientsResult Explain(
        LayerIntegratedGradients method, ViltBatch batch, int target, int steps, int? chunk = null, double? until = null)
    {
        var arguments = new AttributionArguments([batch.InputIds, batch.PixelValues])
        {
            Target = target,
            AdditionalForwardArgs = [batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds],
            InternalBatchSize = chunk,
        };
        return method.Attribute(arguments, until is double delta ? PathSteps.Until(delta) : PathSteps.Fixed(steps));
    }

    internal static ViltForQuestionAnswering Load(string checkpoint, bool bfloat16)
    {
        var model = ViltCheckpoint.From(checkpoint).QuestionAnswering().Model;
        if (bfloat16)
        {
            model.to(ScalarType.BFloat16);
        }

        return model;
    }

    internal static ViltBatch Read(string path)
    {
        using var file = Safetensors.Open(path);
        return new ViltBatch(
            file.Read("input_ids"), file.Read("attention_mask"), file.Read("token_type_ids"), file.Read("pixel_values"), file.Read("pixel_mask"),
            file.Contains("labels") ? file.Read("labels") : null);
    }
}

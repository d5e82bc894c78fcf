using System.CommandLine;
using TorchSharp;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Downloads;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Commands;

/// <summary>A checkpoint's model that answers questions, on the fastest device, with its processor and answers.</summary>
internal sealed record TrainedModel(ViltForQuestionAnswering Model, ViltProcessor Processor, AnswerVocabulary Answers) : IDisposable
{
    public static Argument<string> Argument() =>
        new("CHECKPOINT") { Description = "A model that answers questions: its folder in Hugging Face's layout, or its name on the hub." };

    /// <exception cref="IOException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or weights of the model are missing.</exception>
    public static TrainedModel Load(string folderOrModel, bool bfloat16 = false)
    {
        var checkpoint = ViltCheckpoint.From(folderOrModel, progress: new DownloadLog(Console.Error));
        var (processor, answers) = (checkpoint.Processor(), new AnswerVocabulary(checkpoint.Config.Answers));
        var (model, report) = checkpoint.QuestionAnswering();
        if (report.NewlyInitialized.Count > 0)
        {
            model.Dispose();
            throw new InvalidDataException($"{folderOrModel} is not a whole model that answers questions; fine-tune it first.\n{report}");
        }

        model.to(Devices.Best());
        if (bfloat16)
        {
            model.to(ScalarType.BFloat16);
        }

        return new(model, processor, answers);
    }

    /// <summary>Where the model computes.</summary>
    public Device Device => Model.parameters().First().device;

    /// <summary>The most probable answers to a question about a picture, best first.</summary>
    public IReadOnlyList<(string Answer, double Probability)> Ask(RgbImage picture, string question, int top)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        var batch = Collator.Collate([Processor.Encode(picture, question)]).To(Device);
        var (probabilities, ids) = torch.sigmoid(Model.forward(batch).Logits)[0].cpu().topk(Math.Min(top, Answers.Count)); // (1, answers) to (top)
        return [.. ids.data<long>().Zip(probabilities.data<float>(), (id, probability) => (Answers[(int)id], (double)probability))];
    }

    /// <summary>The same model before any training.</summary>
    public TrainedModel WithRandomWeights(int seed)
    {
        var model = new ViltForQuestionAnswering(Model.Config, seed);
        model.to(Devices.Best());
        model.eval();
        return this with { Model = model };
    }

    public void Dispose() => Model.Dispose();
}

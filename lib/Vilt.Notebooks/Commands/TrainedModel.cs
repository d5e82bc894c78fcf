using System.CommandLine;
using TorchSharp;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Training;

namespace Vilt.Notebooks.Commands;

/// <summary>A checkpoint's model that answers questions, on the fastest device, with its processor and answers.</summary>
internal sealed record TrainedModel(ViltForQuestionAnswering Model, ViltProcessor Processor, AnswerVocabulary Answers) : IDisposable
{
    public static Argument<string> Argument() =>
        new("CHECKPOINT") { Description = "Folder of a model that answers questions, in Hugging Face's layout." };

    /// <exception cref="IOException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or weights of the model are missing.</exception>
    public static TrainedModel Load(string folder)
    {
        var checkpoint = ViltCheckpoint.From(folder);
        var (processor, answers) = (checkpoint.Processor(), AnswerVocabulary.FromConfig(folder));
        var (model, report) = checkpoint.QuestionAnswering();
        if (report.NewlyInitialized.Count > 0)
        {
            model.Dispose();
            throw new InvalidDataException($"{folder} is not a whole model that answers questions; fine-tune it first.\n{report}");
        }

        model.to(Devices.Best());
        return new(model, processor, answers);
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

using System.CommandLine;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt train</c>: the recipe of the models in <c>assets/</c>, for any data set in VQAv2's format.</summary>
internal static class TrainCommand
{
    public static readonly string[] Examples = [.. PretrainCommand.Examples, .. FinetuneCommand.Examples];

    public static Command Create() => new("train", "Trains a model: first its body with hidden words, then body and answers.")
    {
        PretrainCommand.Create(), FinetuneCommand.Create(),
    };
}

using Vilt.Processing.Augmentation;
using Vilt.Training;

namespace Vilt.Notebooks.Training;

/// <summary>What a training run does where the command line says nothing else.</summary>
internal sealed record TrainingRecipe
{
    /// <summary>What the small models in <c>assets/</c> were trained with.</summary>
    public static readonly TrainingRecipe Zoo = new();

    /// <summary>
    /// How ViLT's authors fine-tune on VQAv2 (Kim et al. 2021, https://arxiv.org/abs/2102.03334, appendix; https://github.com/dandelin/ViLT,
    /// <c>task_finetune_vqa_randaug</c>).
    /// </summary>
    public static TrainingRecipe Vilt => new() // made when it is used: what it is made of loads libtorch
    {
        BatchSize = 256,
        PieceSize = 32,
        LearningRate = 1e-4,
        HeadFactor = 10,
        Warmup = "10%",
        Decay = LearningRateDecay.Linear,
        Beta2 = 0.98,
        DecayBiasesAndNorms = false,
        MaxGradientNorm = null,
        ShorterSide = 384,
        Augmentation = new RandAugment(2, 9),
        HeldOut = 1000,
        BySize = true,
    };

    /// <summary>The recipes' names.</summary>
    public static readonly IReadOnlyList<string> Names = ["zoo", "vilt"];

    /// <summary>The recipe of a name.</summary>
    public static TrainingRecipe Named(string name) => name == "vilt" ? Vilt : Zoo;

    public int Epochs { get; init; } = 10;

    public int BatchSize { get; init; } = 32;

    /// <summary>How many examples of a batch are computed at once; null: all.</summary>
    public int? PieceSize { get; init; }

    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How much larger the head's learning rate is.</summary>
    public double HeadFactor { get; init; } = 1;

    /// <summary>Steps, or a share of them.</summary>
    public string Warmup { get; init; } = "200";

    public LearningRateDecay Decay { get; init; } = LearningRateDecay.Cosine;

    public double Beta2 { get; init; } = 0.999;

    public double WeightDecay { get; init; } = 0.01;

    public bool DecayBiasesAndNorms { get; init; } = true;

    public double? MaxGradientNorm { get; init; } = 1;

    /// <summary>Length of pictures' shorter side; null: what the body's processor says.</summary>
    public int? ShorterSide { get; init; }

    public RandAugment? Augmentation { get; init; }

    /// <summary>The answers that so many questions have.</summary>
    public int AnswersOf { get; init; } = 9;

    /// <summary>The last pictures, which choose the best checkpoint and are not trained on; null: none.</summary>
    public int? HeldOut { get; init; }

    /// <summary>Whether pictures of similar size come together.</summary>
    public bool BySize { get; init; }
}

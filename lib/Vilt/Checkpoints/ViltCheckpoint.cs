using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Checkpoints;

/// <summary>A model on disk in Hugging Face's layout: <c>config.json</c>, <c>model.safetensors</c>, processor and tokenizer files.</summary>
public sealed class ViltCheckpoint
{
    private const string Weights = "model.safetensors", PickledWeights = "pytorch_model.bin", Shards = "model.safetensors.index.json";

    private ViltCheckpoint(string folder, ViltConfig config)
    {
        Folder = folder;
        Config = config;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The model's shape and answers, as <c>config.json</c> has them.</summary>
    public ViltConfig Config { get; }

    /// <summary>Opens a checkpoint; weights and processor are read when asked for.</summary>
    /// <param name="folder">The folder that holds its files.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">It holds no <c>config.json</c>.</exception>
    /// <exception cref="InvalidDataException"><c>config.json</c> is damaged, or for another model.</exception>
    public static ViltCheckpoint From(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}; expected a checkpoint folder with config.json and {Weights}.");
        return new(folder, ViltConfig.Read(folder));
    }

    /// <summary>Reads the processor: pictures to pixel values, text to token ids.</summary>
    /// <exception cref="FileNotFoundException">One of its files is missing.</exception>
    /// <exception cref="InvalidDataException">One of its files is damaged.</exception>
    public ViltProcessor Processor() => ViltProcessor.Read(Folder);

    /// <summary>Loads a model that answers questions, in evaluation mode.</summary>
    /// <param name="answers">The answers of a new head; null: the head and answers of the checkpoint.</param>
    /// <param name="seed">Seed of parameters that the checkpoint lacks.</param>
    /// <returns>The model, which the caller disposes, and what of the checkpoint went into it.</returns>
    /// <exception cref="FileNotFoundException">There is no weight file that can be read.</exception>
    /// <exception cref="InvalidDataException">The weights are damaged or do not fit <c>config.json</c>.</exception>
    public (ViltForQuestionAnswering Model, LoadingReport Report) QuestionAnswering(IReadOnlyList<string>? answers = null, long seed = 0)
    {
        ViltConfig config = answers is null ? Config : Config with { Id2Label = answers };
        return Load(config, c => new ViltForQuestionAnswering(c, seed: null), newHead: answers is not null, seed);
    }

    /// <summary>Loads a model that fills masked words in, in evaluation mode.</summary>
    /// <inheritdoc cref="QuestionAnswering"/>
    public (ViltForMaskedLM Model, LoadingReport Report) MaskedLM(long seed = 0) =>
        Load(Config, c => new ViltForMaskedLM(c, seed: null), newHead: false, seed);

    /// <summary>Saves a model and its processor so that this library and transformers can load them.</summary>
    /// <param name="folder">The folder; it is made if need be. Each file in it is replaced in one move, <c>config.json</c> last.</param>
    /// <param name="model">The model, on any device.</param>
    /// <param name="processor">Its processor.</param>
    public static void Save(string folder, ViltForQuestionAnswering model, ViltProcessor processor) =>
        Save(folder, model, model.Config, processor);

    /// <inheritdoc cref="Save(string, ViltForQuestionAnswering, ViltProcessor)"/>
    public static void Save(string folder, ViltForMaskedLM model, ViltProcessor processor) =>
        Save(folder, model, model.Config, processor);

    private static void Save(string folder, nn.Module model, ViltConfig config, ViltProcessor processor)
    {
        Directory.CreateDirectory(folder);
        Safetensors.Write(Path.Combine(folder, Weights), model.state_dict());
        processor.Write(folder);
        (config with { Architectures = [model.GetType().Name] }).Write(Path.Combine(folder, ViltConfigFile.Name));
    }

    private (T Model, LoadingReport Report) Load<T>(ViltConfig config, Func<ViltConfig, T> create, bool newHead, long seed) where T : nn.Module
    {
        string path = WeightFile();
        using SafetensorsFile file = Safetensors.Open(path);
        T model = create(config);
        try
        {
            LoadingReport report = WeightLoading.Load(file, model, config, newHead, seed);
            model.eval();
            return (model, report);
        }
        catch (FormatException error)
        {
            model.Dispose();
            throw new InvalidDataException($"{path} cannot be loaded: {error.Message}.", error);
        }
    }

    private string WeightFile()
    {
        string path = Path.Combine(Folder, Weights);
        if (File.Exists(path)) return path;
        string? other = new[] { PickledWeights, Shards }.FirstOrDefault(name => File.Exists(Path.Combine(Folder, name)));
        throw new FileNotFoundException(other is null
            ? $"{Folder} holds no {Weights}."
            : $"{Folder} holds its weights as {other}, which is not read yet; expected {Weights}. With transformers, "
                + $"model.save_pretrained(folder, safe_serialization=True, max_shard_size=\"100GB\") writes one.", path);
    }
}

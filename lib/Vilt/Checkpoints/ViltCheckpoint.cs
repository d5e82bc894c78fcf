using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Vilt.Checkpoints.Hub;
using Vilt.Downloads;
using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Checkpoints;

/// <summary>A model in Hugging Face's layout, in a folder or on the hub: <c>config.json</c>, weights, processor and tokenizer files.</summary>
public sealed class ViltCheckpoint
{
    private static readonly string[] ProcessorFiles = ["preprocessor_config.json", "vocab.txt"];
    private static readonly string[] OptionalProcessorFiles =
        ["tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "tokenizer.json"];

    private readonly HubModel? hub;

    private ViltCheckpoint(string folder, HubModel? hub)
    {
        (Folder, this.hub) = (folder, hub);
        Need(ViltConfigFile.Name);
        Config = ViltConfig.Read(folder);
    }

    /// <summary>The folder; for a model on the hub, the one in the cache where its files go.</summary>
    public string Folder { get; }

    /// <summary>The model's shape and answers, as <c>config.json</c> has them.</summary>
    public ViltConfig Config { get; }

    /// <summary>
    /// Opens a checkpoint; weights and processor are read when asked for. A model on the hub is fetched file by file, as
    /// each is needed, into the cache that Python's huggingface_hub uses too. Its environment variables apply: <c>HF_HOME</c>,
    /// <c>HF_HUB_CACHE</c>, <c>HF_ENDPOINT</c>, <c>HF_TOKEN</c>, <c>HF_HUB_OFFLINE</c>, and the system's proxies.
    /// </summary>
    /// <param name="folderOrModel">The folder that holds its files, or the model's name on the hub, such as <c>dandelin/vilt-b32-mlm</c>.</param>
    /// <param name="revision">Branch, tag or commit on the hub; null: the branch <c>main</c>.</param>
    /// <param name="progress">Receives the progress of downloads.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, and it is not the name of a model.</exception>
    /// <exception cref="FileNotFoundException">It holds no <c>config.json</c>.</exception>
    /// <exception cref="DownloadException">The hub does not give the model; the message says why.</exception>
    /// <exception cref="InvalidDataException"><c>config.json</c> is damaged, or for another model.</exception>
    /// <exception cref="ArgumentException">A folder has no revisions, or the revision has an impossible form.</exception>
    public static ViltCheckpoint From(string folderOrModel, string? revision = null, IProgress<DownloadProgress>? progress = null) =>
        From(folderOrModel, revision, progress, HubSettings.FromEnvironment, new WebClient());

    internal static ViltCheckpoint From(
        string folderOrModel, string? revision, IProgress<DownloadProgress>? progress, Func<HubSettings> settings, WebClient web)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folderOrModel);
        if (revision is not null && !HubName.IsRevision(revision))
        {
            throw new ArgumentException($"\"{revision}\" is not a branch, tag or commit.", nameof(revision));
        }

        if (Directory.Exists(folderOrModel))
        {
            return revision is null
                ? new(folderOrModel, hub: null)
                : throw new ArgumentException($"{folderOrModel} is a folder, which has no revision \"{revision}\".", nameof(revision));
        }

        if (!HubName.IsModel(folderOrModel))
        {
            throw new DirectoryNotFoundException(
            $"There is no folder {folderOrModel}; expected a checkpoint folder with config.json and {WeightFiles.Safetensors}, or a model on the hub, owner/name.");
        }

        var hub = Wait(() => HubModel.OpenAsync(folderOrModel, revision ?? "main", settings(), web, progress));
        return new(hub.Folder, hub);
    }

    /// <summary>
    /// A hash of the files that model and processor are read from: it tells checkpoints apart by what is in them, not by where they are.
    /// Those of a model on the hub are fetched first.
    /// </summary>
    /// <returns>32 hexadecimal digits (XXH128).</returns>
    /// <exception cref="DownloadException">The hub does not give one of them.</exception>
    /// <exception cref="InvalidDataException">An index of weights is damaged.</exception>
    public string ContentHash()
    {
        var hash = new XxHash128();
        foreach (var name in (string[])[ViltConfigFile.Name, .. ProcessorFiles, .. OptionalProcessorFiles, .. WeightFiles.NamesIn(Locate)])
        {
            if (Locate(name) is not { } path)
            {
                continue;
            }

            using var file = File.OpenRead(path);
            hash.Append(Encoding.UTF8.GetBytes($"{name} {file.Length.ToString(CultureInfo.InvariantCulture)}\n"));
            hash.Append(file);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Reads the processor: pictures to pixel values, text to token ids.</summary>
    /// <exception cref="FileNotFoundException">One of its files is missing.</exception>
    /// <exception cref="InvalidDataException">One of its files is damaged.</exception>
    /// <exception cref="DownloadException">The hub does not give one of them.</exception>
    public ViltProcessor Processor()
    {
        foreach (var file in ProcessorFiles)
        {
            Need(file);
        }

        foreach (var file in OptionalProcessorFiles)
        {
            Locate(file);
        }

        var processor = ViltProcessor.Read(Folder);
        return processor.Tokenizer.VocabularySize <= Config.VocabSize ? processor : throw new InvalidDataException(
            $"{Folder}: the tokenizer has {processor.Tokenizer.VocabularySize} tokens, but vocab_size in {ViltConfigFile.Name} is {Config.VocabSize}: "
            + "these files are not from the same checkpoint, or the model was not enlarged when tokens were added.");
    }

    /// <summary>Loads a model that answers questions, in evaluation mode.</summary>
    /// <param name="answers">The answers of a new head; null: the head and answers of the checkpoint.</param>
    /// <param name="seed">Seed of parameters that the checkpoint lacks.</param>
    /// <returns>The model, which the caller disposes, and a report of what in the checkpoint went into it.</returns>
    /// <exception cref="FileNotFoundException">There are no weights.</exception>
    /// <exception cref="DownloadException">The hub does not give them.</exception>
    /// <exception cref="InvalidDataException">The weights are damaged or do not fit <c>config.json</c>.</exception>
    public (ViltForQuestionAnswering Model, LoadingReport Report) QuestionAnswering(IReadOnlyList<string>? answers = null, long seed = 0)
    {
        var config = answers is null ? Config : Config with { Id2Label = answers };
        return Load(config, c => new ViltForQuestionAnswering(c, seed: null), newHead: answers is not null, seed);
    }

    /// <summary>Loads a model that fills in masked words, in evaluation mode.</summary>
    /// <inheritdoc cref="QuestionAnswering"/>
    public (ViltForMaskedLM Model, LoadingReport Report) MaskedLM(long seed = 0) =>
        Load(Config, c => new ViltForMaskedLM(c, seed: null), newHead: false, seed);

    /// <summary>Saves a model and its processor so that this library and transformers can load them.</summary>
    /// <param name="folder">The folder; it is created if needed. Each file in it is replaced in one move, <c>config.json</c> last.</param>
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
        Safetensors.Write(Path.Combine(folder, WeightFiles.Safetensors), model.state_dict());
        processor.Write(folder);
        (config with { Architectures = [model.GetType().Name] }).Write(Path.Combine(folder, ViltConfigFile.Name));
    }

    private (T Model, LoadingReport Report) Load<T>(ViltConfig config, Func<ViltConfig, T> create, bool newHead, long seed) where T : nn.Module
    {
        using var file = WeightFiles.Open(Locate) ?? throw hub?.Missing(WeightFiles.Expected)
            ?? new FileNotFoundException($"{Folder} holds no weights; expected one of {WeightFiles.Expected}.");
        var model = create(config);
        try
        {
            var report = WeightLoading.Load(file, model, config, newHead, seed);
            model.eval();
            return (model, report);
        }
        catch (FormatException error)
        {
            model.Dispose();
            throw new InvalidDataException($"{file.Path} cannot be loaded: {error.Message}.", error);
        }
    }

    /// <summary>The path of one of the checkpoint's files, fetched if needed, or null if it has none of this name.</summary>
    private string? Locate(string file)
    {
        if (hub is not null)
        {
            return Wait(() => hub.FetchAsync(file));
        }

        var path = Path.Combine(Folder, file);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Fetches a file of the hub that must be there. A file missing from a folder is named by the code that reads it.</summary>
    private void Need(string file)
    {
        if (hub is not null && Locate(file) is null)
        {
            throw hub.Missing(file);
        }
    }

    // On another thread, so that it never waits for the caller's own scheduler.
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}

using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Downloads;

namespace Vilt.Course;

/// <summary>What a lesson runs on: a data set in VQAv2's files, a body to fine-tune, a model that answers, and room for one's own.</summary>
/// <param name="Name">What it is called: <c>zoo</c>, <c>vqav2</c>, or any name of your own.</param>
/// <param name="DataFolder">The folder of the data set; of <c>zoo</c> and <c>vqav2</c> it is made at need.</param>
/// <param name="Body">The checkpoint that is fine-tuned: a folder, or a name on the Hugging Face hub.</param>
/// <param name="Finetuned">A checkpoint that answers questions.</param>
/// <param name="Split">The part of the data set, as its files are named.</param>
public sealed record CourseMaterial(string Name, string DataFolder, string Body, string Finetuned, string Split = "val2014")
{
    private const string Zoo = "zoo", Vqav2 = "vqav2", Variable = "VILT_SERIES";
    private const int ZooPictures = 400, ZooSeed = 2;

    /// <summary>The questions' file.</summary>
    public string QuestionFile => Path.Combine(DataFolder, $"v2_OpenEnded_mscoco_{Split}_questions.json");

    /// <summary>The annotations' file.</summary>
    public string AnnotationFile => Path.Combine(DataFolder, $"v2_mscoco_{Split}_annotations.json");

    /// <summary>The pictures' folder.</summary>
    public string PictureFolder => Path.Combine(DataFolder, Split);

    /// <summary>Where notebook 3 leaves the model that you have fine-tuned.</summary>
    public string OwnCheckpoint => CourseFolders.Own(Home, Path.Combine("checkpoints", Name));

    /// <summary>Whether there is one.</summary>
    public bool HasOwnCheckpoint => File.Exists(Path.Combine(OwnCheckpoint, "model.safetensors"));

    /// <summary>Tells, line by line, how far a download is.</summary>
    public IProgress<DownloadProgress> Downloads { get; } = new DownloadLog(Console.Out);

    private static string Home => CourseFolders.Home();

    /// <summary>The material of a name.</summary>
    /// <param name="name">
    /// <c>zoo</c>, which is drawn and needs no network, or <c>vqav2</c>, which is fetched as it is needed; null: what the environment
    /// variable <c>VILT_SERIES</c> says, else the Zoo.
    /// </param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of the series is not found.</exception>
    public static CourseMaterial Open(string? name = null)
    {
        name ??= Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : Zoo;
        var home = Home;
        return name switch
        {
            Zoo => new(name, CourseFolders.Shared(home, name), Path.Combine(home, "assets", "vilt-zoo-mlm"), Path.Combine(home, "assets", "vilt-zoo-finetuned-vqa")),
            Vqav2 => new(name, CourseFolders.Own(home, name), "dandelin/vilt-b32-mlm", "dandelin/vilt-b32-finetuned-vqa"),
            _ => throw new ArgumentException(
                $"The series has no material {name}: choose {Zoo} or {Vqav2}, or make a {nameof(CourseMaterial)} of your own data and models.", nameof(name)),
        };
    }

    /// <summary>Draws the Zoo, or fetches VQAv2's questions and annotations, unless they are there already. Your own data must be there.</summary>
    /// <exception cref="DownloadException">Something can't be fetched; the message says why.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void Prepare()
    {
        if (Name == Zoo)
        {
            Scenes.Zoo.Ensure(DataFolder, ZooPictures, ZooSeed);
        }
        else if (Name == Vqav2)
        {
            Data.Vqav2.Ensure(DataFolder, progress: Downloads);
        }
    }

    /// <summary>Reads the data set: questions, annotations and pictures, paired.</summary>
    /// <exception cref="IOException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public VqaExamples Examples()
    {
        Prepare();
        return VqaFolder.Read(DataFolder, Split);
    }

    /// <summary>The answers to choose from: those that the model knows.</summary>
    public AnswerVocabulary Answers() =>
        new(Name == Zoo ? Scenes.Zoo.Answers : ViltCheckpoint.From(Finetuned, progress: Downloads).Config.Answers);

    /// <summary>
    /// The three pictures of notebook 5: <c>elephant</c>, <c>siamese</c> and <c>zebra</c>. For the Zoo they come with the series; in another
    /// data set they are the pictures about which people gave most of the answers that the lesson asks for.
    /// </summary>
    public IReadOnlyDictionary<string, string> Pictures()
    {
        if (Name == Zoo)
        {
            string Asset(string name) => Path.Combine(Home, "assets", $"{name}.png");
            return new Dictionary<string, string> { ["elephant"] = Asset("elephant"), ["siamese"] = Asset("siamese"), ["zebra"] = Asset("zebra") };
        }

        var examples = Examples();
        return new Dictionary<string, string>
        {
            ["elephant"] = examples.PictureAbout("elephant", "gray", "zoo"),
            ["siamese"] = examples.PictureAbout("cat", "blue", "white and brown", "2"),
            ["zebra"] = examples.PictureAbout("zebra", "black and white", "2", "zoo"),
        };
    }

    /// <summary>Says what the lesson runs on, a line each; folders as seen from the notebook.</summary>
    public override string ToString() =>
        $"{Name}\ndata:    {Seen(DataFolder)}\nbody:    {Seen(Body)}\nanswers: {Seen(Finetuned)}\nyours:   {Seen(OwnCheckpoint)}{(HasOwnCheckpoint ? "" : " (not there yet)")}";

    private static string Seen(string path) =>
        Path.IsPathRooted(path) ? Path.GetRelativePath(Environment.CurrentDirectory, path).Replace('\\', '/') : path;
}

using Vilt.Scenes.Files;
using Vilt.Scenes.Questions;

namespace Vilt.Scenes;

/// <summary>
/// A drawn data set in VQAv2's format: pictures of animals in <c>val2014/COCO_val2014_000000000001.png</c> and so on, three or four
/// questions about each in <c>v2_OpenEnded_mscoco_val2014_questions.json</c>, ten answers to each in
/// <c>v2_mscoco_val2014_annotations.json</c>, and every object's pixels in <c>v2_mscoco_val2014_masks.json</c>
/// (<see cref="ZooMasks"/>). The same seed gives the same bytes, and a larger number of pictures only adds to a smaller one.
/// </summary>
public static class Zoo
{
    /// <summary>Raised whenever the same seed draws something different from before, so that <see cref="Ensure"/> draws again.</summary>
    public const int Version = 2;

    private const int ChunkSize = 64;

    /// <summary>Every answer that can be true (first) or that an annotator may write, in a stable order.</summary>
    public static IReadOnlyList<string> Answers => AnswerList.All;

    /// <summary>Draws a data set. An earlier Zoo in the folder is replaced when the new one is complete.</summary>
    /// <param name="folder">A new or empty folder, or one with an earlier Zoo.</param>
    /// <param name="pictures">How many, 1 or more.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="progress">Receives how many pictures have been drawn.</param>
    /// <param name="cancellationToken">Cancels it; the folder is then as it was.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of pictures is less than 1.</exception>
    /// <exception cref="IOException">The folder is a file, holds other files, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static void Draw(
        string folder, int pictures, int seed, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        CheckArguments(folder, pictures);
        using var draft = new DraftFolder(folder, cancellationToken);
        DrawInto(draft, pictures, seed, progress, cancellationToken);
    }

    /// <summary>
    /// Draws a data set unless the folder already holds exactly that one. Parameters and errors as for <see cref="Draw"/>.
    /// </summary>
    public static void Ensure(
        string folder, int pictures, int seed, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        CheckArguments(folder, pictures);
        var wanted = new ZooMarker(Version, pictures, seed);
        if (ZooMarker.Read(folder) == wanted)
        {
            return;
        }

        using var draft = new DraftFolder(folder, cancellationToken);
        if (ZooMarker.Read(folder) != wanted) // Another process may have just drawn it.
        {
            DrawInto(draft, pictures, seed, progress, cancellationToken);
        }
    }

    /// <summary>
    /// Draws three larger pictures for trying out a trained model: <c>elephant.png</c>, <c>siamese.png</c>, <c>zebra.png</c>.
    /// </summary>
    /// <param name="folder">The folder; it is created if needed.</param>
    /// <exception cref="IOException">The folder is a file, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written.</exception>
    public static void DrawExamples(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        foreach (var (name, png) in Examples.All())
        {
            string path = Path.Combine(folder, name), draft = path + ".drawing";
            File.WriteAllBytes(draft, png);
            File.Move(draft, path, overwrite: true);
        }
    }

    private static void CheckArguments(string folder, int pictures)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (pictures < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(pictures), pictures, "A Zoo needs at least 1 picture.");
        }
    }

    private static void DrawInto(DraftFolder draft, int pictures, int seed, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        using (var writer = new VqaWriter(draft.Location))
        {
            foreach (var ids in Enumerable.Range(1, pictures).Chunk(ChunkSize))
            {
                foreach (var picture in DrawInParallel(ids, seed, cancellationToken))
                {
                    writer.Add(picture);
                }

                progress?.Report(ids[^1]);
            }

            writer.Complete();
        }

        new ZooMarker(Version, pictures, seed).Write(draft.Location);
        draft.Publish();
    }

    private static DrawnPicture[] DrawInParallel(int[] ids, int seed, CancellationToken cancellationToken)
    {
        var drawn = new DrawnPicture[ids.Length];
        Parallel.For(0, ids.Length, new ParallelOptions { CancellationToken = cancellationToken },
            i => drawn[i] = DrawnPicture.Draw(seed, ids[i]));
        return drawn;
    }
}

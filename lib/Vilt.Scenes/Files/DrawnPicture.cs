using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;
using Vilt.Scenes.Questions;
using Vilt.Scenes.Rendering;

namespace Vilt.Scenes.Files;

/// <summary>Everything that is written about one picture.</summary>
/// <param name="ImageId">Counted from 1.</param>
/// <param name="Scene">What it shows.</param>
/// <param name="Rendered">Its pixels.</param>
/// <param name="Masks">Of all objects that can be seen.</param>
/// <param name="Questions">The questions about it, each with its ten answers.</param>
internal sealed record DrawnPicture(
    int ImageId, Scene Scene, RenderedScene Rendered, IReadOnlyList<ObjectMask> Masks,
    IReadOnlyList<(Question Question, IReadOnlyList<GivenAnswer> Answers)> Questions)
{
    /// <summary>Draws picture number <paramref name="imageId"/> of a seed. It depends only on these two numbers.</summary>
    public static DrawnPicture Draw(int seed, int imageId)
    {
        var random = new SeededRandom(seed, imageId);
        var scene = SceneComposer.Compose(ScenePlan.Random(random), random);
        var rendered = SceneRenderer.Render(scene);
        var masks = MaskTracer.Trace(rendered);
        var writer = new QuestionWriter(scene, masks.Select(mask => mask.Id).ToHashSet(), random);
        return new DrawnPicture(imageId, scene, rendered, masks,
            [.. writer.Write().Select(question => (question, Annotators.Answer(question, random)))]);
    }

    /// <summary>VQAv2's rule: the picture's id times 1000, and a number within the picture.</summary>
    public long QuestionId(int number) => ImageId * 1000L + number;
}

using Vilt.Scenes.Animals;
using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;
using Vilt.Scenes.Places;
using Vilt.Scenes.Rendering;

namespace Vilt.Scenes.Files;

/// <summary>
/// The three example pictures: a gray elephant in a zoo, a white and brown cat with blue eyes, two black and white zebras in a zoo.
/// Composed and drawn like every picture of the Zoo, only larger.
/// </summary>
internal static class Examples
{
    private static readonly PictureSize Size = new(Shorter: 384, Eighths: 10, Portrait: false);

    /// <summary>File names and contents.</summary>
    public static IEnumerable<(string Name, byte[] Png)> All()
    {
        yield return ("elephant.png", Draw(new(Elephant.Animal, Looks.Gray, "brown", 1), ZooPlace.Place, closeUp: true, stream: 4));
        yield return ("siamese.png", Draw(new(Cat.Animal, Looks.WhiteAndBrown, "blue", 1), Street.Place, closeUp: true, stream: 3));
        yield return ("zebra.png", Draw(new(Zebra.Animal, Looks.BlackAndWhite, "brown", 2), ZooPlace.Place, closeUp: false, stream: 3));
    }

    /// <summary>The streams were chosen by eye: no hat, nothing in the way.</summary>
    private static byte[] Draw(AnimalGroup animals, Place place, bool closeUp, int stream)
    {
        var plan = new ScenePlan(animals, null, place, closeUp, Size, Distractors: 0);
        return SceneRenderer.Render(SceneComposer.Compose(plan, new SeededRandom(0, stream))).Png;
    }
}

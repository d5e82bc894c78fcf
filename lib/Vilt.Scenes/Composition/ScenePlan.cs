using Vilt.Scenes.Animals;
using Vilt.Scenes.Drawing;
using Vilt.Scenes.Places;

namespace Vilt.Scenes.Composition;

/// <summary>
/// What a scene shows, before anything is placed. Every choice is made evenly and independently of the others, so that
/// neither the question nor another part of the picture gives the answer away.
/// </summary>
/// <param name="Main">The animals that most questions ask about.</param>
/// <param name="Companion">Animals of another kind beside them; null for none.</param>
/// <param name="Place">Where they are.</param>
/// <param name="CloseUp">One animal alone and large: eyes and ears can be asked about.</param>
/// <param name="Size">The picture's size.</param>
/// <param name="Distractors">How many distractors to try to place.</param>
internal sealed record ScenePlan(
    AnimalGroup Main, AnimalGroup? Companion, Place Place, bool CloseUp, PictureSize Size, int Distractors)
{
    private const int MostAnimals = 4;

    public IEnumerable<AnimalGroup> Groups => Companion is null ? [Main] : [Main, Companion];

    public static ScenePlan Random(SeededRandom random)
    {
        var closeUp = random.Chance(0.5);
        var animal = random.Pick(Menagerie.All);
        var count = closeUp ? 1 : random.Between(1, MostAnimals);
        var ears = closeUp && animal.HasEars ? random.Between(0, 2) : 2;
        var main = new AnimalGroup(animal, random.Pick(animal.Looks), random.Pick(Menagerie.EyeColors), count, ears);
        var alone = closeUp || count == MostAnimals || random.Chance(0.5);
        var companion = alone ? null : CompanionOf(main, random);
        return new ScenePlan(main, companion, random.Pick(Atlas.All), closeUp,
            PictureSize.Random(random, count + (companion?.Count ?? 0)), random.Between(3, 8));
    }

    private static AnimalGroup CompanionOf(AnimalGroup main, SeededRandom random)
    {
        var animal = random.Pick([.. Menagerie.All.Where(other => other != main.Animal)]);
        var count = random.Between(1, Math.Min(2, MostAnimals - main.Count));
        return new AnimalGroup(animal, random.Pick(animal.Looks), random.Pick(Menagerie.EyeColors), count);
    }
}

using SkiaSharp;
using Vilt.Scenes.Animals;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Composition;

/// <summary>Turns a plan into a scene: animals first, then the place around them, then distractors where there is room.</summary>
internal static class SceneComposer
{
    /// <summary>How far a hat rises over a head, as a share of the animal's width.</summary>
    private const float HatRoom = 0.2f;

    public static Scene Compose(ScenePlan plan, SeededRandom random)
    {
        var (width, height) = (plan.Size.Width, plan.Size.Height);
        List<(AnimalGroup Group, Pose Pose)> animals =
        [
            .. plan.Groups.SelectMany(group => Enumerable.Repeat(group, group.Count))
                .Select(group => (group, PoseOf(group, plan.CloseUp, random))),
        ];
        random.Shuffle(animals);
        var boxes = Layout.Place(random, width, height, [.. animals.Select(a => Aspect(a.Group, a.Pose))], plan.CloseUp);

        var horizon = Horizon(random, height, boxes);
        var stage = new Stage(random, width, height, horizon, boxes);
        List<SceneObject> objects = [.. plan.Place.Furnish(stage)];
        objects.AddRange(Distractors.Scatter(stage, plan.Distractors));
        objects.AddRange(animals.Zip(boxes).OrderBy(pair => pair.Second.Bottom)
            .Select(pair => AnimalObject(pair.First.Group, pair.First.Pose, pair.Second, random.Chance(0.5))));
        return new Scene(plan, Muted(random), Muted(random), horizon, objects);
    }

    private static Pose PoseOf(AnimalGroup group, bool closeUp, SeededRandom random)
    {
        var left = group.Ears == 2 || (group.Ears == 1 && random.Chance(0.5));
        var right = group.Ears == 2 || (group.Ears == 1 && !left);
        var dressed = group.Ears < 2 || (closeUp && random.Chance(0.5));
        SKColor? dress = dressed ? random.Pick(Palette.Toys).Color : null;
        return new Pose(group.Look, Palette.Named(group.EyeColor), left, right, dress);
    }

    private static float Aspect(AnimalGroup group, Pose pose) => group.Animal.Height / 100 + (pose.Dress is null ? 0 : HatRoom);

    private static SceneObject AnimalObject(AnimalGroup group, Pose pose, Box box, bool mirrored)
    {
        var animal = group.Animal;
        var scale = box.Width / 100;
        return new SceneObject(ZooObjectKind.Animal, animal.Name, group.Look.Words, pen =>
            pen.At(mirrored ? box.Right : box.Left, box.Bottom - animal.Height * scale, scale, () => animal.Draw(pen, pose), mirrored));
    }

    /// <summary>Above all feet, so that no animal stands in the sky, but never so high that the place has no room.</summary>
    private static float Horizon(SeededRandom random, float height, IReadOnlyList<Box> boxes)
    {
        var highestFoot = boxes.Min(box => box.Bottom);
        return MathF.Max(30, MathF.Min(highestFoot - 10, height * random.Between(0.34f, 0.46f)));
    }

    /// <summary>A color near mid-gray, the same choice in all places: see <see cref="Palette"/>.</summary>
    private static SKColor Muted(SeededRandom random) => new(
        (byte)random.Between(120, 138), (byte)random.Between(122, 138), (byte)random.Between(118, 142));
}

namespace Vilt.Scenes.Animals;

/// <summary>All animals, in the order of the answer list.</summary>
internal static class Menagerie
{
    public static readonly IReadOnlyList<Animal> All =
    [
        Elephant.Animal, Cat.Animal, Fox.Animal, Zebra.Animal, Dog.Animal, Horse.Animal, Cow.Animal, Sheep.Animal,
        Lion.Animal, Giraffe.Animal, Pig.Animal, Penguin.Animal,
    ];

    public static readonly IReadOnlyList<string> EyeColors = ["blue", "green", "brown", "yellow", "black"];
}

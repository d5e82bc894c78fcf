using System.Globalization;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Processing.Augmentation;

namespace Vilt.Tests.Processing.Augmentation;

/// <summary>Operations beside Pillow's (tests/goldens/augmentation/make.py).</summary>
public class RandAugmentTests
{
    [Fact]
    public void Each_operation_gives_the_values_that_pillow_gives()
    {
        using var file = Safetensors.Open(Goldens.PathOf("augmentation", "operations.safetensors"));
        HashSet<string> seen = [];
        foreach (var name in file.Names.Where(name => name.Contains('.')))
        {
            var parts = name.Split('.');
            var operation = RandAugment.Operations.Single(one => one.Name == parts[1]);
            var value = int.Parse(parts[2], CultureInfo.InvariantCulture) / 30.0 * (operation.Most - operation.Least) + operation.Least;
            var changed = operation.Apply(Read(file, parts[0]), parts[3] == "-" ? -value : value);
            var wrong = changed.Pixels.Zip(Read(file, name).Pixels, (ours, theirs) => Math.Abs(ours - theirs)).ToArray();
            Assert.True(wrong.All(difference => difference == 0), $"{name}: {wrong.Count(difference => difference > 0)} values differ, by up to {wrong.Max()}.");
            seen.Add(operation.Name);
        }

        Assert.Equal(RandAugment.Operations.Select(operation => operation.Name).Order(), seen.Order());
    }

    [Fact]
    public void The_seed_chooses_the_operations_and_the_picture_stays()
    {
        using var file = Safetensors.Open(Goldens.PathOf("augmentation", "operations.safetensors"));
        var picture = Read(file, "noise");
        var before = (byte[])picture.Pixels.Clone();
        var augment = new RandAugment(2, 9);
        var changed = Enumerable.Range(0, 200).Select(seed => augment.Apply(picture, seed).Pixels).ToList();
        Assert.Equal(changed[7], augment.Apply(picture, 7).Pixels);
        Assert.InRange(changed.DistinctBy(Convert.ToBase64String).Count(), 80, 200); // of 19 × 19 sequences
        Assert.Equal(before, picture.Pixels);
    }

    private static RgbImage Read(SafetensorsFile file, string name)
    {
        using var pixels = file.Read(name); // (H, W, 3)
        return new((int)pixels.shape[1], (int)pixels.shape[0], pixels.data<byte>().ToArray());
    }
}

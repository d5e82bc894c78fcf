using Vilt.Notebooks.Training;
using Vilt.Scenes;

namespace Vilt.Notebooks.Tests.Training;

public sealed class ZooPatchNamesTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_patch_is_named_by_what_covers_most_of_it_and_at_least_a_quarter()
    {
        Zoo.Draw(folder["zoo"], pictures: 6, seed: 3, cancellationToken: TestContext.Current.CancellationToken);
        var masks = ZooMasks.Read(folder["zoo"]);
        var names = ZooPatchNames.From(masks);
        foreach (var picture in masks.Pictures)
        {
            const int rows = 8;
            var columns = rows * picture.Width / picture.Height;
            var found = names.Of(picture.ImageId, rows, columns);
            Assert.Equal(rows * columns, found.Length);
            Assert.All(found, name => Assert.InRange(name, 0, names.Count - 1));
            var shown = picture.Objects.Where(o => o.Kind != ZooObjectKind.Distractor).ToList();
            for (var patch = 0; patch < found.Length; patch++)
            {
                var shares = shown.Select(o => Share(picture.MaskOf(o.Id), patch / columns, patch % columns, rows, columns)).ToList();
                Assert.Equal(shares.Exists(share => share >= 0.26), found[patch] > 0 && shares.Exists(share => share >= 0.26));
                Assert.False(found[patch] > 0 && shares.TrueForAll(share => share < 0.24), $"picture {picture.ImageId}, patch {patch}");
            }
        }
    }

    [Fact]
    public void An_animal_is_named_with_its_color_and_a_thing_of_the_place_without()
    {
        Zoo.Draw(folder["zoo"], pictures: 40, seed: 4, cancellationToken: TestContext.Current.CancellationToken);
        var masks = ZooMasks.Read(folder["zoo"]);
        var names = ZooPatchNames.From(masks);
        var shown = masks.Pictures.SelectMany(p => p.Objects).ToLookup(o => o.Kind);
        var animals = shown[ZooObjectKind.Animal].Select(o => (o.Name, o.Color)).Distinct().Count();
        var things = shown[ZooObjectKind.Place].Select(o => o.Name).Distinct().Count();
        Assert.Equal(1 + animals + things, names.Count);
    }

    private static double Share(bool[,] mask, int row, int column, int rows, int columns)
    {
        int inside = 0, all = 0;
        for (var y = 0; y < mask.GetLength(0); y++)
        {
            for (var x = 0; x < mask.GetLength(1); x++)
            {
                if (y * rows / mask.GetLength(0) == row && x * columns / mask.GetLength(1) == column)
                {
                    all++;
                    inside += mask[y, x] ? 1 : 0;
                }
            }
        }

        return (double)inside / all;
    }
}

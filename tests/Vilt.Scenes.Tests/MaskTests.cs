using SkiaSharp;
using Vilt.Scenes.Files;
using Vilt.Scenes.Rendering;

namespace Vilt.Scenes.Tests;

public class MaskTests(DrawnZoo zoo)
{
    [Fact]
    public void Masks_fill_their_bounding_boxes_and_no_pixel_belongs_to_two_objects()
    {
        foreach (var picture in zoo.Masks.Pictures.Take(60))
        {
            var taken = new bool[picture.Height, picture.Width];
            foreach (var shown in picture.Objects)
            {
                var pixels = Pixels(picture.MaskOf(shown.Id)).ToList();
                Assert.All(pixels, p => Assert.False(taken[p.Y, p.X]));
                pixels.ForEach(p => taken[p.Y, p.X] = true);
                int left = pixels.Min(p => p.X), top = pixels.Min(p => p.Y);
                Assert.Equal([left, top, pixels.Max(p => p.X) - left + 1, pixels.Max(p => p.Y) - top + 1], shown.Bbox);
            }
        }
    }

    [Fact]
    public void Masks_read_from_the_file_are_the_pixels_drawn()
    {
        foreach (var picture in zoo.Masks.Pictures.Take(10))
        {
            var rendered = DrawnPicture.Draw(DrawnZoo.FirstSeed, (int)picture.ImageId).Rendered;
            Assert.Equal(rendered.Owners.Where(owner => owner != 0).Distinct().Order(), picture.Objects.Select(o => o.Id));
            Assert.All(picture.Objects, shown =>
            {
                var mask = picture.MaskOf(shown.Id);
                Assert.All(rendered.Owners.Index(),
                    pixel => Assert.Equal(pixel.Item == shown.Id, mask[pixel.Index / picture.Width, pixel.Index % picture.Width]));
            });
        }
    }

    [Fact]
    public void Without_an_object_only_the_pixels_of_its_mask_change()
    {
        int inside = 0, unchanged = 0;
        for (var id = 1; id <= 12; id++)
        {
            var drawn = DrawnPicture.Draw(seed: 5, id);
            var whole = Decode(drawn.Rendered);
            foreach (var mask in drawn.Masks)
            {
                var shown = drawn.Scene.Objects[mask.Id - 1];
                var without = drawn.Scene with { Objects = [.. drawn.Scene.Objects.Where(other => other != shown)] };
                var erased = Decode(SceneRenderer.Render(without));
                bool[] changed = [.. whole.Zip(erased, (a, b) => a != b)];
                AssertMostlyNear(changed, drawn.Rendered, mask.Id);
                inside += drawn.Rendered.Owners.Count(owner => owner == mask.Id);
                unchanged += changed.Where((c, i) => !c && drawn.Rendered.Owners[i] == mask.Id).Count();
            }
        }
        // White before white snow is no error.
        Assert.True(unchanged < 0.03 * inside, $"{unchanged} of {inside} pixels of masks show no object");
    }

    [Fact]
    public void Animals_are_three_patches_of_16_wide_or_wider() => Assert.All(zoo.Masks.Pictures, picture =>
    {
        var scale = 128.0 / Math.Min(picture.Width, picture.Height);
        Assert.All(picture.Objects.Where(o => o.Kind == ZooObjectKind.Animal), animal => Assert.True(animal.Bbox[2] * scale >= 48));
    });

    [Fact]
    public void The_place_shows_in_every_picture() => Assert.All(zoo.Masks.Pictures, picture =>
    {
        int[] things = [.. picture.Objects.Where(o => o.Kind == ZooObjectKind.Place).Select(o => o.Id)];
        var shorter = Math.Min(picture.Width, picture.Height);
        var patches = Pixels(picture.MaskOf(things)).Count() * 64 / (shorter * shorter); // 64 patches in the square of the shorter side
        Assert.True(patches >= 2, $"picture {picture.ImageId}: {patches} patches");
    });

    [Fact]
    public void Deciding_objects_are_those_asked_about()
    {
        foreach (var record in zoo.First)
        {
            var question = zoo.Masks.Question(record.QuestionId);
            var picture = zoo.Masks.Picture(record.ImageId);
            ZooObject[] deciding = [.. question.ObjectIds.Select(id => picture.Objects.Single(o => o.Id == id))];
            Assert.NotEmpty(deciding);
            var kind = question.Kind == ZooQuestionKind.Place ? ZooObjectKind.Place : ZooObjectKind.Animal;
            Assert.All(deciding, o => Assert.Equal(kind, o.Kind));
            if (question.Kind == ZooQuestionKind.Count)
            {
                Assert.Equal(record.Truth, deciding.Length.ToString());
            }

            if (question.Kind is ZooQuestionKind.Color)
            {
                Assert.All(deciding, o => Assert.Equal(record.Truth, o.Color));
            }

            if (question.Kind is ZooQuestionKind.Animal or ZooQuestionKind.Choice)
            {
                Assert.All(deciding, o => Assert.Equal(record.Truth, o.Name));
            }
        }
    }

    [Fact]
    public void A_deciding_mask_is_the_union_of_its_objects()
    {
        var question = zoo.Masks.Questions.First(q => q.ObjectIds.Count > 1);
        var picture = zoo.Masks.Picture(question.ImageId);
        var sum = question.ObjectIds.Sum(id => Pixels(picture.MaskOf(id)).Count());
        Assert.Equal(sum, Pixels(zoo.Masks.DecidingMask(question.QuestionId)).Count());
    }

    [Fact]
    public void Background_is_near_mid_gray_and_animals_are_far_from_it()
    {
        for (var id = 1; id <= 40; id++)
        {
            var drawn = DrawnPicture.Draw(seed: 6, id);
            var colors = Decode(drawn.Rendered);
            var background = MeanContrast(colors.Where((_, i) => drawn.Rendered.Owners[i] == 0));
            Assert.InRange(background, 0, 12);
            foreach (var mask in drawn.Masks.Where(mask => drawn.Scene.Objects[mask.Id - 1].Kind == ZooObjectKind.Animal))
            {
                var animal = MeanContrast(colors.Where((_, i) => drawn.Rendered.Owners[i] == mask.Id));
                Assert.True(animal >= 50, $"picture {id}, {drawn.Scene.Objects[mask.Id - 1]}: {animal:0}");
            }
        }
    }

    [Fact]
    public void A_missing_masks_file_is_named()
    {
        using var folder = new ZooFolder();
        var error = Assert.Throws<FileNotFoundException>(() => ZooMasks.Read(folder.Path));
        Assert.Contains("v2_mscoco_val2014_masks.json", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"images\": [null]}")]
    [InlineData("""{"images": [{"image_id": 1}]}""")]
    [InlineData("""{"images": [{"image_id": 1, "file_name": "a.png", "width": -1, "height": -1, "objects": [], "questions": []}]}""")]
    [InlineData("""
        {"images": [{"image_id": 1, "file_name": "a.png", "width": 2, "height": 2, "questions": [], "objects": [
        {"id": 1, "kind": "animal", "name": "cat", "color": "gray", "bbox": [0, 0, 1, 1], "counts": [0, 9]}]}]}
        """)]
    public void A_file_that_holds_no_masks_is_refused(string json)
    {
        using var folder = new ZooFolder();
        File.WriteAllText(Path.Combine(folder.Path, "v2_mscoco_val2014_masks.json"), json);
        var error = Assert.Throws<InvalidDataException>(() => ZooMasks.Read(folder.Path));
        Assert.Contains("v2_mscoco_val2014_masks.json", error.Message);
    }

    [Fact]
    public void Unknown_ids_are_named()
    {
        Assert.Contains("987654", Assert.Throws<ArgumentException>(() => zoo.Masks.Picture(987654)).Message);
        Assert.Contains("987654", Assert.Throws<ArgumentException>(() => zoo.Masks.DecidingMask(987654)).Message);
        Assert.Contains("999", Assert.Throws<ArgumentException>(() => zoo.Masks.Picture(1).MaskOf(999)).Message);
    }

    private static IEnumerable<(int X, int Y)> Pixels(bool[,] mask) =>
        from y in Enumerable.Range(0, mask.GetLength(0)) from x in Enumerable.Range(0, mask.GetLength(1)) where mask[y, x] select (x, y);

    private static SKColor[] Decode(RenderedScene rendered)
    {
        using var bitmap = SKBitmap.Decode(rendered.Png);
        return bitmap.Pixels;
    }

    /// <summary>Mean distance of the channels from 127.5.</summary>
    private static double MeanContrast(IEnumerable<SKColor> colors) =>
        colors.Average(c => (Math.Abs(c.Red - 127.5) + Math.Abs(c.Green - 127.5) + Math.Abs(c.Blue - 127.5)) / 3);

    /// <summary>Changed pixels lie in the mask or touch it (smooth edges); hair lines thinner than a pixel may lie outside.</summary>
    private static void AssertMostlyNear(bool[] changed, RenderedScene rendered, int id)
    {
        var far = Enumerable.Range(0, changed.Length)
            .Count(i => changed[i] && !Touches(rendered, i % rendered.Width, i / rendered.Width, id));
        Assert.True(far <= 0.02 * rendered.Owners.Count(owner => owner == id) + 4, $"object {id}: {far} pixels beside its mask");
    }

    private static bool Touches(RenderedScene rendered, int x, int y, int id)
    {
        for (var near = 0; near < 9; near++)
        {
            int nx = Math.Clamp(x + near % 3 - 1, 0, rendered.Width - 1), ny = Math.Clamp(y + near / 3 - 1, 0, rendered.Height - 1);
            if (rendered.Owners[ny * rendered.Width + nx] == id)
            {
                return true;
            }
        }

        return false;
    }
}

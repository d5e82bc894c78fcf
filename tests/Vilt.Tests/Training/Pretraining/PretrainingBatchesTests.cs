using TorchSharp;
using Vilt.Processing;
using Vilt.Tests.Processing;
using Vilt.Training.Pretraining;

namespace Vilt.Tests.Training.Pretraining;

public sealed class PretrainingBatchesTests : IDisposable
{
    private const int Examples = 40;
    private static readonly BatchPlan Plan = new(Epoch: 2, Number: 3, [.. Enumerable.Range(0, Examples)]);

    private readonly VqaFolder folder = new();
    private readonly WordPieceTokenizer tokenizer = VqaFolder.Processor.Tokenizer;
    private readonly VqaDataset dataset;

    public PretrainingBatchesTests() => dataset = folder.Dataset(Examples);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Hidden_words_are_told_and_the_rest_is_question_and_answer()
    {
        using var batch = Make(seed: 1);
        var ids = batch.Inputs.InputIds.data<long>().ToArray();
        long[] positions = batch.MaskedPositions.data<long>().ToArray(), hidden = batch.MaskedIds.data<long>().ToArray();
        var length = (int)batch.Inputs.InputIds.shape[1];
        (long Position, long Id)[] masked = [.. positions.Zip(hidden).Where(told => told.First % length > 0)];
        Assert.NotEmpty(masked);
        Assert.All(masked, told => Assert.Equal(tokenizer.MaskTokenId, ids[told.Position]));
        foreach (var (position, id) in masked)
        {
            ids[position] = id;
        }

        HashSet<long> leftOut = [.. positions.Where(position => position % length == 0).Select(position => position / length)];
        var matches = batch.Matches.data<long>().ToArray();
        var whole = tokenizer.Decode(tokenizer.Encode("is it a? yes", tokenizer.ModelMaxLength).InputIds, skipSpecialTokens: true);
        for (var row = 0; row < Examples; row++)
        {
            if (matches[row] == 1 && !leftOut.Contains(row))
            {
                Assert.Equal(whole, tokenizer.Decode(ids[(row * length)..((row + 1) * length)], skipSpecialTokens: true));
            }
        }
    }

    [Fact]
    public void An_answer_that_is_left_out_is_told_at_the_first_token()
    {
        using var batch = Make(seed: 1);
        var length = (int)batch.Inputs.InputIds.shape[1];
        var ids = batch.Inputs.InputIds.data<long>().ToArray();
        var question = tokenizer.Decode(tokenizer.Encode("is it a?", tokenizer.ModelMaxLength).InputIds, skipSpecialTokens: true);
        (long Row, string Answer)[] told = [.. batch.MaskedPositions.data<long>().ToArray().Zip(batch.MaskedIds.data<long>().ToArray())
            .Where(pair => pair.First % length == 0).GroupBy(pair => pair.First / length)
            .Select(row => (row.Key, tokenizer.Decode([.. row.Select(pair => pair.Second)], skipSpecialTokens: true)))];
        Assert.InRange(told.Length, Examples / 4, Examples - 1);
        Assert.All(told, row =>
        {
            Assert.Equal("yes", row.Answer);
            Assert.Equal(question, tokenizer.Decode(ids[(int)(row.Row * length)..(int)((row.Row + 1) * length)], skipSpecialTokens: true));
        });
    }

    [Fact]
    public void Some_texts_have_another_ones_picture_and_tell_no_words()
    {
        using var batch = Make(seed: 1);
        var length = (int)batch.Inputs.InputIds.shape[1];
        HashSet<long> telling = [.. batch.MaskedPositions.data<long>().ToArray().Select(position => position / length)];
        var matches = batch.Matches.data<long>().ToArray();
        Assert.InRange(matches.Count(match => match == 0), 1, Examples / 3);
        for (var row = 0; row < Examples; row++)
        {
            Assert.Equal(matches[row] == 1, telling.Contains(row));
            var ownPicture = GrayOf(batch, row) == row; // example i is the plain gray i
            Assert.Equal(matches[row] == 1, ownPicture);
        }
    }

    [Fact]
    public void Depends_on_seed_and_place_alone()
    {
        using PretrainingBatch first = Make(seed: 1), same = Make(seed: 1), other = Make(seed: 2);
        Assert.Equal(Bytes(first), Bytes(same));
        Assert.NotEqual(Bytes(first), Bytes(other));
    }

    [Fact]
    public void A_text_goes_with_the_picture_that_takes_the_place_of_its_own()
    {
        File.Delete(dataset.Examples[7].ImagePath);
        List<string> skipped = [];
        using var batch = new PretrainingBatches(dataset, null, seed: 1, error => skipped.Add(error.Message)).Make(Plan, TestContext.Current.CancellationToken);
        Assert.NotEmpty(skipped);
        Assert.Equal(1, batch.Matches[7].ToInt64());
        Assert.Equal(8, GrayOf(batch, 7));
    }

    [Fact]
    public void Names_stand_row_by_row_and_nothing_after_the_picture()
    {
        var names = new PatchNames(100, (id, rows, columns) => [.. Enumerable.Range(0, rows * columns).Select(patch => id + 10 * patch)]);
        using var batch = Make(seed: 1, names);
        var named = batch.PatchNames!; // (B, P)
        Assert.Equal(6, named.shape[1]); // 48×32 pixels, the largest, in patches of 16
        var row = Enumerable.Range(0, 10).Select(i => 4 * i).First(i => batch.Matches[i].ToInt64() == 1); // 32×32: 4 patches
        Assert.Equal([row, row + 10, row + 20, row + 30, -100, -100], named[row].data<long>().ToArray());
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        var before = LiveTensors.CountAfterCollection();
        Make(seed: 1).Dispose();
        Assert.Equal(before, LiveTensors.Count);
    }

    private static int GrayOf(PretrainingBatch batch, int row) =>
        (int)Math.Round((batch.Inputs.PixelValues[row, 0, 0, 0].ToSingle() * 0.5 + 0.5) * 255);

    private static byte[] Bytes(PretrainingBatch batch) => [.. batch.Tensors.SelectMany(value => value.bytes.ToArray())];

    private PretrainingBatch Make(int seed, PatchNames? names = null) =>
        new PretrainingBatches(dataset, names, seed, skip: null).Make(Plan, TestContext.Current.CancellationToken);
}

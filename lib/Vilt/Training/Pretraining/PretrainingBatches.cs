using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Training.Pretraining;

/// <summary>
/// Makes batches for pre-training: each text is a question and its most given answer. Where the answer is left out of the text, its
/// words are to be predicted at [CLS], where an answer head will read; words hidden elsewhere teach [CLS] nothing about them.
/// </summary>
internal sealed class PretrainingBatches
{
    // The ViLT paper swaps every second picture and reads each text twice. A swapped picture teaches no words, so if each is read once, few
    // are swapped.
    private const double SwappedShare = 0.125;
    private const double LeftOutShare = 0.75; // of the answers

    private readonly VqaDataset dataset;
    private readonly PatchNames? patchNames;
    private readonly int seed;
    private readonly ReadableExamples readable;
    private readonly TextMasking masking;
    private readonly int patchSize;

    public PretrainingBatches(VqaDataset dataset, PatchNames? patchNames, int seed, Action<InvalidDataException>? skip)
    {
        (this.dataset, this.patchNames, this.seed) = (dataset, patchNames, seed);
        readable = new(dataset.Count, skip);
        masking = new(dataset.Processor.Tokenizer);
        patchSize = dataset.Processor.ImageProcessor.SizeDivisor;
    }

    public PretrainingBatch Make(BatchPlan plan, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        var random = new Random(HashOf(seed, plan.Epoch, plan.Number));
        int[] texts = [.. plan.Examples], pictures = Swap(texts, random);
        bool[] leftOut = [.. texts.Select(_ => random.NextDouble() < LeftOutShare)];
        dataset.FetchPictures(pictures, stop);
        List<ViltExample> examples = [];
        for (var i = 0; i < pictures.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            examples.Add(Encode(ref pictures[i], ref texts[i], leftOut[i]));
        }

        var inputs = Collator.Collate(examples).WithoutTextPadding(); // before the body, which keeps every token that it is given
        bool[] matches = [.. pictures.Zip(texts, (picture, text) => ImageOf(picture) == ImageOf(text))];
        var (masked, positions, ids) = Hide(inputs.InputIds, texts, leftOut, matches, random);
        var batch = new PretrainingBatch(
            inputs with { InputIds = masked, AttentionMask = inputs.AttentionMask.clone(), TokenTypeIds = inputs.TokenTypeIds.clone() },
            positions, ids, tensor(matches.Select(match => match ? 1L : 0).ToArray()), patchNames is null ? null : Names(examples, pictures));
        foreach (var value in batch.Tensors)
        {
            value.DetachFromDisposeScope(); // the batch goes to another thread
        }

        return batch;
    }

    /// <summary>Whose picture each text gets: mostly its own.</summary>
    private static int[] Swap(int[] examples, Random random) =>
        [.. examples.Select(example => random.NextDouble() < SwappedShare ? examples[random.Next(examples.Length)] : example)];

    /// <summary>Encodes a picture with a text. If another picture replaces it, the replaced picture's own text goes with it.</summary>
    private ViltExample Encode(ref int picture, ref int text, bool leftOut)
    {
        var (isOwn, swapped) = (picture == text, text);
        (var encoded, picture) = readable.From(picture, found => (dataset.Encode(found, TextOf(isOwn ? found : swapped, leftOut)), found));
        if (isOwn)
        {
            text = picture;
        }

        return encoded;
    }

    private (Tensor Masked, Tensor Positions, Tensor Ids) Hide(Tensor inputIds, int[] examples, bool[] leftOut, bool[] matches, Random random)
    {
        var ids = inputIds.contiguous().data<long>().ToArray(); // (B·L)
        var length = (int)inputIds.shape[1];
        List<long> positions = [], hidden = [];
        for (var row = 0; row < examples.Length; row++)
        {
            if (leftOut[row])
            {
                var answer = matches[row] ? AnswerIds(examples[row]) : [];
                positions.AddRange(answer.Select(_ => (long)row * length));
                hidden.AddRange(answer);
                continue;
            }

            var text = new ArraySegment<long>(ids, row * length, length);
            foreach (var position in masking.Choose(text, QuestionLength(examples[row]), random))
            {
                if (matches[row])
                {
                    positions.Add(row * length + position);
                    hidden.Add(text[position]);
                }

                text[position] = dataset.Processor.Tokenizer.MaskTokenId;
            }
        }

        return (tensor(ids, inputIds.shape), tensor(positions.ToArray()), tensor(hidden.ToArray()));
    }

    /// <summary>(B, P): patches are listed row by row, and the model gives those of smaller pictures first and then repeats one.</summary>
    private Tensor Names(List<ViltExample> examples, int[] pictures)
    {
        List<long[]> names = [];
        for (var i = 0; i < pictures.Length; i++)
        {
            var size = examples[i].PixelValues.shape; // (3, H, W)
            names.Add(patchNames!.Of(ImageOf(pictures[i]), (int)size[1] / patchSize, (int)size[2] / patchSize));
        }

        var most = names.Max(picture => picture.Length);
        long[] padded = [.. names.SelectMany(picture => picture.Concat(Enumerable.Repeat(PretrainingModel.NoName, most - picture.Length)))];
        return tensor(padded, [names.Count, most]);
    }

    private string TextOf(int example, bool leftOut) =>
        leftOut ? QuestionOf(example) : $"{QuestionOf(example)} {dataset.Examples[example].Annotation!.MultipleChoiceAnswer}";

    private long[] AnswerIds(int example)
    {
        var tokenizer = dataset.Processor.Tokenizer;
        var ids = tokenizer.Encode(TextOf(example, leftOut: false), tokenizer.ModelMaxLength).InputIds;
        return ids[QuestionLength(example)..Array.IndexOf(ids, tokenizer.SeparatorTokenId)];
    }

    private string QuestionOf(int example) => dataset.Examples[example].Question.Question;

    private long ImageOf(int example) => dataset.Examples[example].Question.ImageId;

    private int QuestionLength(int example)
    {
        var tokenizer = dataset.Processor.Tokenizer;
        return Array.IndexOf(tokenizer.Encode(QuestionOf(example), tokenizer.ModelMaxLength).InputIds, tokenizer.SeparatorTokenId);
    }

    // HashCode differs from process to process; a resumed run needs the same batches.
    private static int HashOf(int seed, int epoch, int number) => unchecked((seed * 31 + epoch) * 1_000_003 + number);
}

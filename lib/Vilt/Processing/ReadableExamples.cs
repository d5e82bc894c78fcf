namespace Vilt.Processing;

/// <summary>Takes the next example of a data set if one can't be made.</summary>
/// <param name="count">Number of examples.</param>
/// <param name="skip">Called for each that can't be made; null: the first such one is an error.</param>
internal sealed class ReadableExamples(int count, Action<InvalidDataException>? skip)
{
    private const int MostSkippedInARow = 32; // this many in a row are not broken pictures, but a broken disk or network

    /// <summary>Makes an example, or the first after it that can be made.</summary>
    /// <exception cref="InvalidDataException">It can't be made and there is no skip, or too many in a row can't.</exception>
    public T From<T>(int index, Func<int, T> make)
    {
        for (var skipped = 0; ; skipped++)
        {
            try
            {
                return make((index + skipped) % count);
            }
            catch (InvalidDataException error) when (skip is not null && skipped < Math.Min(MostSkippedInARow, count - 1))
            {
                skip(error);
            }
        }
    }
}

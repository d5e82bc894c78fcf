namespace Vilt.Downloads;

/// <summary>Writes a line for each tenth of a download.</summary>
/// <param name="output">Where to write.</param>
public sealed class DownloadLog(TextWriter output) : IProgress<DownloadProgress>
{
    private readonly Dictionary<string, long> tenths = [];

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (tenths)
        {
            var tenth = value.Total is > 0 and long total ? 10 * value.Done / total : 0;
            if (tenth <= tenths.GetValueOrDefault(value.File))
            {
                return;
            }

            tenths[value.File] = tenth;
            output.WriteLine(value);
        }
    }
}

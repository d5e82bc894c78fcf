using System.Text;
using System.Text.Json.Nodes;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Running;

/// <summary>Room for the outputs of one notebook, in bytes of its file. Not a cell's own limit, <see cref="CellRecord.Largest"/>.</summary>
internal sealed class OutputRoom
{
    /// <summary>The most that all cells of a notebook may put out.</summary>
    public const int Largest = 128 << 20;

    /// <summary>What is left of it.</summary>
    public long Free { get; set; } = Largest;
}

/// <summary>An output that is kept: JSON, or text that may still grow.</summary>
internal sealed class KeptOutput(JsonObject json, StringBuilder? text, long size)
{
    public JsonObject Json { get; } = json;

    public StringBuilder? Text { get; } = text;

    /// <summary>How much of the room it takes.</summary>
    public long Size { get; set; } = size;
}

/// <summary>What one cell has put out so far. What exceeds the room for it is left out, with a note at the end.</summary>
internal sealed class CellRecord(OutputRoom room)
{
    /// <summary>The most that one cell may put out.</summary>
    public const int Largest = 32 << 20;

    private const int LargestError = 1 << 20;

    private readonly List<KeptOutput> outputs = [];
    private bool clearing;
    private long size;

    /// <summary>How many bytes were left out.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Adds an output if there is room for it.</summary>
    /// <returns>The output as it is kept, to be changed later; null if there was no room.</returns>
    public KeptOutput? Add(JsonObject output, long bytes)
    {
        ClearNow();
        var isError = output["output_type"]!.ToString() == "error";
        if (isError ? bytes > LargestError : bytes > Free)
        {
            LeftOut += bytes;
            return null;
        }

        var kept = new KeptOutput(output, null, isError ? 0 : bytes); // Why a cell failed is always reported, however full it is.
        outputs.Add(kept);
        Take(kept.Size);
        return kept;
    }

    /// <summary>Changes an output in its place, if there is room for it.</summary>
    public void Update(KeptOutput shown, JsonObject data, long bytes)
    {
        if (bytes - shown.Size > Free)
        {
            LeftOut += bytes;
            return;
        }

        Take(bytes - shown.Size);
        shown.Size = bytes;
        shown.Json["data"] = data;
    }

    /// <summary>Adds text as far as there is room. Text after text of the same stream continues it.</summary>
    public void AddText(string stream, string text)
    {
        ClearNow();
        var kept = (int)Math.Min(text.Length, Free);
        LeftOut += text.Length - kept;
        if (kept > 0 && kept < text.Length && char.IsHighSurrogate(text[kept - 1]))
        {
            kept--; // Not half a character.
        }

        if (kept == 0)
        {
            return;
        }

        if (outputs.LastOrDefault() is not { Text: { } all } last || last.Json["name"]!.ToString() != stream)
        {
            all = new StringBuilder();
            outputs.Add(last = new(new() { ["output_type"] = "stream", ["name"] = stream }, all, 0));
        }

        all.Append(text.AsSpan(0, kept));
        last.Size += kept;
        Take(kept);
    }

    /// <summary>Counts what was too large to be read at all.</summary>
    public void LeaveOut(long bytes) => LeftOut += bytes;

    /// <summary>Clears the outputs so far or, with wait, does so when the next comes.</summary>
    public void Clear(bool wait)
    {
        clearing = true;
        if (!wait)
        {
            ClearNow();
        }
    }

    /// <summary>The outputs as nbformat stores them.</summary>
    public IEnumerable<JsonObject> Outputs()
    {
        foreach (var output in outputs)
        {
            if (output.Text is { } text)
            {
                output.Json["text"] = MultilineText.Write(text.ToString());
            }

            yield return output.Json;
        }

        if (LeftOut > 0)
        {
            yield return new() { ["output_type"] = "stream", ["name"] = "stderr", ["text"] = MultilineText.Write(Note() + "\n") };
        }
    }

    /// <summary>Says that something is missing.</summary>
    public string Note() =>
        $"{LeftOut / 1e6:N1} MB of this cell's output was left out: "
        + $"a cell keeps {Largest >> 20} MiB of it, a notebook {OutputRoom.Largest >> 20} MiB.";

    private long Free => Math.Min(Largest - size, room.Free);

    private void Take(long bytes)
    {
        size += bytes;
        room.Free -= bytes;
    }

    private void ClearNow()
    {
        if (clearing)
        {
            clearing = false;
            outputs.Clear();
            Take(-size);
            LeftOut = 0;
        }
    }
}

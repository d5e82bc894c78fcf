using System.CommandLine;
using Vilt.Downloads;
using Vilt.Pipelines;

namespace Vilt.Notebooks.Commands;

/// <summary>The model that a command uses, explains or measures.</summary>
internal static class CheckpointArgument
{
    public static Argument<string> Create() =>
        new("CHECKPOINT") { Description = "A question-answering model: its folder in Hugging Face's layout, or its name on the hub." };

    /// <summary>Loads it onto the fastest device; downloads are reported on standard error.</summary>
    /// <inheritdoc cref="VqaPipeline.From" path="/exception"/>
    public static VqaPipeline Load(string folderOrModel, bool bfloat16 = false) =>
        VqaPipeline.From(folderOrModel, bfloat16: bfloat16, progress: new DownloadLog(Console.Error));
}

using System.CommandLine;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt data</c>: data sets in VQAv2's format.</summary>
internal static class DataCommand
{
    public static readonly string[] Examples = [.. DataGetCommand.Examples, "vilt data info artifacts/vqav2", "vilt data verify artifacts/vqav2"];

    public static Command Create() => new("data", "Data sets in VQAv2's format: fetches VQAv2 itself, and inspects yours.")
    {
        DataGetCommand.Create(), DataInfoCommand.Create(), DataVerifyCommand.Create(),
    };

    public static Argument<string> Folder() => new("FOLDER") { Description = "A data set in VQAv2's format." };
}

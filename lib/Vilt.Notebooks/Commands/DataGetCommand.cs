using System.CommandLine;
using Vilt.Data;
using Vilt.Downloads;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt data get</c>: fetches VQAv2.</summary>
internal static class DataGetCommand
{
    public static readonly string[] Examples =
    [
        "vilt data get vqav2 --split val                   questions and answers; pictures when they are asked for",
        "vilt data get vqav2 --split train --images all    and all pictures: 13 GB",
    ];

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The data set: vqav2." };
        name.AcceptOnlyFromAmong("vqav2");
        var split = new Option<string>("--split") { Description = "val or train.", HelpName = "NAME", DefaultValueFactory = _ => "val" };
        split.AcceptOnlyFromAmong("val", "train"); // As plain text: one of the library's types would load libtorch at each start, whatever the command.
        var images = new Option<string>("--images") { Description = "Which of COCO's pictures to fetch: each when it is first asked for (needed), all now, or none.", HelpName = "none|needed|all", DefaultValueFactory = _ => "needed" };
        images.AcceptOnlyFromAmong("none", "needed", "all");
        var output = new Option<string?>("--out") { Description = "Where the data set goes; what is already there is used. Default: artifacts/vqav2.", HelpName = "DIR" };
        var command = new Command("get", "Fetches VQAv2's questions and answers from its site, and pictures from COCO's. A stopped download resumes.")
        {
            name, split, images, output,
        };
        command.SetAction((parsed, cancellation) =>
            GetAsync(parsed.GetValue(output) ?? Series.Artifact("vqav2"), parsed.GetValue(split)!,
                Enum.Parse<Vqav2Images>(parsed.GetValue(images)!, ignoreCase: true), cancellation));
        return command;
    }

    private static async Task<int> GetAsync(string folder, string split, Vqav2Images images, CancellationToken cancellation)
    {
        await Vqav2.GetAsync(folder, split, images, new DownloadLog(Console.Error), cancellation);
        Console.Out.WriteLine($"VQAv2 ({split}) is in {Path.GetFullPath(folder)}");
        return ExitCode.Success;
    }
}

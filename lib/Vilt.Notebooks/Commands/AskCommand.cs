using System.CommandLine;
using System.Text;
using Vilt.Data;
using Vilt.Notebooks.Pages;
using Vilt.Notebooks.Running;
using Vilt.Visuals;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt ask</c>: a model's answers to a question about a picture, and why.</summary>
internal static class AskCommand
{
    public static readonly string[] Examples =
    [
        "vilt ask --picture assets/zebra.png --question \"how many zebras are on the picture\"",
        "vilt ask --picture photo.jpg --question \"what is on the picture\" --model dandelin/vilt-b32-finetuned-vqa --explain page.html",
    ];

    public static Command Create()
    {
        var picture = new Option<string>("--picture") { Description = "PNG, JPEG, GIF, BMP or WebP.", HelpName = "FILE", Required = true };
        var question = new Option<string>("--question") { Description = "In English.", HelpName = "TEXT", Required = true };
        var model = new Option<string?>("--model")
        {
            Description = "A checkpoint's folder, or its name on the Hugging Face hub. Default: assets/vilt-zoo-finetuned-vqa.",
            HelpName = "M",
        };
        var top = CountOption.WithDefault("--top", "How many answers.", 5);
        var explain = new Option<string?>("--explain") { Description = "Write a page that explains the first answer; it opens without a network.", HelpName = "FILE" };
        var command = new Command("ask", "Asks a model about a picture; gives answers with their probabilities and, on request, the reasons.")
        {
            picture, question, model, top, explain,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => // So that Ctrl+C finds a thread waiting.
        {
            var shown = RgbImage.Read(parsed.GetRequiredValue(picture));
            using var vqa = CheckpointArgument.Load(parsed.GetValue(model) ?? Series.Asset("vilt-zoo-finetuned-vqa"));
            var chart = new AnswerChart(vqa.Ask(shown, parsed.GetRequiredValue(question), parsed.GetValue(top)));
            Console.Out.WriteLine(chart);
            if (parsed.GetValue(explain) is { } file)
            {
                var explanation = vqa.Explain(shown, parsed.GetRequiredValue(question), cancellationToken: cancellation);
                var page = ExplanationPage.Render(chart, explanation);
                AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
                Console.Out.WriteLine($"Explained: {Path.GetFullPath(file)}");
            }

            return ExitCode.Success;
        }, cancellation));
        return command;
    }
}

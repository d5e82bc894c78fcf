using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Vilt.Checkpoints;
using Vilt.Explorer;
using Vilt.Notebooks.Pages;
using Vilt.Notebooks.Running;
using Vilt.Scenes;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt explore</c>: a local web page to ask models and to see why they answer so.</summary>
internal static class ExploreCommand
{
    private const int DefaultPort = 8877, ZooPictures = 400, ZooSeed = 2; // the Zoo of the series

    public static readonly string[] Examples =
    [
        "vilt explore",
        "vilt explore --model dandelin/vilt-b32-finetuned-vqa --data data/vqav2",
        "vilt explore --model models/mine --model assets/vilt-zoo-finetuned-vqa --data data/unseen --results answers --results maps",
    ];

    public static Command Create()
    {
        var models = new Option<string[]>("--model")
        {
            Description = "A checkpoint's folder, or its name on the Hugging Face hub. Give it again to compare models. Default: assets/vilt-zoo-finetuned-vqa.",
            HelpName = "M",
        };
        var data = new Option<string?>("--data") { Description = "A data set to browse, as for vilt predict. Default: the Zoo.", HelpName = "DIR" };
        var split = DataOptions.Split();
        var results = new Option<string[]>("--results") { Description = "What vilt predict or vilt attribute left; may be given again.", HelpName = "DIR" };
        var port = new Option<int>("--port") { Description = "The port; 0: any that is free.", HelpName = "N", DefaultValueFactory = _ => DefaultPort };
        var host = new Option<string?>("--host")
        {
            Description = "Open the page to other machines: an address of this machine, or 0.0.0.0 for all of them. Whoever has the token gets in.",
            HelpName = "H",
        };
        var proxies = new Option<string[]>("--proxy-host") { Description = "A host's name under which a proxy, such as JupyterHub's, shows the page.", HelpName = "NAME" };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Only print the address." };
        var withParent = new Option<bool>("--with-parent") { Description = "End when standard input closes.", Hidden = true };
        var command = new Command("explore", "Opens a local web page: ask about a picture, see why, hide a part and ask again, compare, browse a data set.")
        {
            models, data, split, results, port, host, proxies, noBrowser, withParent,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var opened = Load(parsed.GetValue(models) is { Length: > 0 } named ? named : [Series.Asset("vilt-zoo-finetuned-vqa")]);
            try
            {
                var folder = parsed.GetValue(data) ?? Zoo(cancellation);
                var options = new ExplorerOptions(opened, DataOptions.Read(folder, parsed.GetValue(split), limit: null))
                {
                    Masks = ZooMasks.AreIn(folder) ? ZooMasks.Read(folder) : null,
                    Pictures = [.. ((string[])["elephant", "siamese", "zebra"]).Select(name => Series.Asset($"{name}.png")).Where(File.Exists)],
                    Results = parsed.GetValue(results) ?? [],
                    Page = ExplanationPage.Render,
                    Host = parsed.GetValue(host),
                    Port = parsed.GetValue(port),
                    ProxyHosts = parsed.GetValue(proxies) ?? [],
                };
                await ServeAsync(options, opensBrowser: !parsed.GetValue(noBrowser), parsed.GetValue(withParent), cancellation);
                return ExitCode.Success;
            }
            finally
            {
                foreach (var model in opened)
                {
                    model.Vqa.Dispose();
                }
            }
        });
        return command;
    }

    private static ExplorerModel[] Load(string[] checkpoints) => [.. checkpoints.Select(checkpoint =>
        new ExplorerModel(Path.GetFileName(Path.TrimEndingDirectorySeparator(checkpoint)), CheckpointArgument.Load(checkpoint))
        {
            ContentHash = ViltCheckpoint.From(checkpoint).ContentHash(),
        })];

    private static string Zoo(CancellationToken cancellation)
    {
        var folder = Series.Artifact("zoo");
        Scenes.Zoo.Ensure(folder, ZooPictures, ZooSeed, cancellationToken: cancellation);
        return folder;
    }

    private static async Task ServeAsync(ExplorerOptions options, bool opensBrowser, bool endsWithParent, CancellationToken cancellation)
    {
        await using var server = await ExplorerServer.StartAsync(options, cancellation);
        Console.Out.WriteLine($"The explorer is at {server.Address}");
        if (options.Host is not null)
        {
            Console.Out.WriteLine("It is open to other machines: whoever has this address can use it, and what is sent is not encrypted.");
        }

        Console.Out.WriteLine("Ctrl+C ends it.");
        if (opensBrowser)
        {
            OpenBrowser(server.Address);
        }

        var end = endsWithParent ? Console.OpenStandardInput().CopyToAsync(Stream.Null, cancellation) : Task.Delay(Timeout.Infinite, cancellation);
        await Task.WhenAny(end, Task.Delay(Timeout.Infinite, cancellation));
    }

    private static void OpenBrowser(Uri address)
    {
        try
        {
            Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            Console.Error.WriteLine("No browser could be opened: open the address yourself.");
        }
    }
}

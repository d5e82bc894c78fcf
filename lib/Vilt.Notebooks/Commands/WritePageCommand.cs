using System.CommandLine;
using System.Text;
using Vilt.Data;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Pages;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Commands;

/// <summary>The command with which <c>vilt run</c> starts this program again, for each page.</summary>
internal static class WritePageCommand
{
    public static Command Create()
    {
        var notebook = new Argument<string>("NOTEBOOK");
        var folder = new Argument<string>("FOLDER");
        var page = new Argument<string>("PAGE");
        var plain = new Option<bool>(PageProcess.Plain);
        var command = new Command(PageProcess.Command, "Writes an executed notebook as a page.") { notebook, folder, page, plain };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            ProcessFamily.Lead();
            ParentLifeline.Hold();
            var read = Notebook.Read(parsed.GetRequiredValue(notebook));
            var html = await NotebookPage.RenderAsync(read, parsed.GetRequiredValue(folder), parsed.GetValue(plain));
            AtomicFile.Write(parsed.GetRequiredValue(page), stream => stream.Write(Encoding.UTF8.GetBytes(html)));
            return ExitCode.Success;
        });
        return command;
    }
}

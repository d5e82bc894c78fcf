using Microsoft.Playwright;

namespace Vilt.Notebooks.Tests.Browser;

/// <summary>A notebook in JupyterLab.</summary>
internal sealed class LabPage(Chromium chromium)
{
    private const string Kernel = "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel";

    private IPage Page => chromium.Page;

    public ILocator LastCell => Page.Locator(".jp-CodeCell").Last;

    /// <summary>Opens a notebook alone, without panels around it, and waits until it can be used.</summary>
    public async Task OpenAsync(string server, string path)
    {
        await Page.GotoAsync($"{server}doc/tree/{path}?reset");
        await Page.Locator(".jp-Notebook .jp-Cell").First.WaitForAsync();
        // The indicator is idle even before there is a kernel, and what is run then starts one of its own.
        await Page.WaitForFunctionAsync($"{Kernel}?.status === 'idle'");
        await Page.EvaluateAsync($"{Kernel}.info.then(() => null)");
    }

    /// <summary>How many cells ended in an error. On the page, an error looks like text of the error stream.</summary>
    public Task<int> CountErrorsAsync() => Page.EvaluateAsync<int>("""
        [...window.jupyterapp.shell.currentWidget.content.model.cells]
            .filter(cell => (cell.toJSON().outputs ?? []).some(output => output.output_type === 'error')).length
        """);

    /// <summary>Does what a menu item does, to its end.</summary>
    public Task RunAsync(string command) => Page.EvaluateAsync($"window.jupyterapp.commands.execute('{command}').then(() => null)");

    /// <summary>Brings each figure into view, since JupyterLab draws only what is near.</summary>
    public async Task ScrollThroughAsync()
    {
        var cells = Page.Locator(".jp-Notebook .jp-Cell");
        for (var i = 0; i < await cells.CountAsync(); i++)
        {
            await cells.Nth(i).ScrollIntoViewIfNeededAsync();
        }
    }

    /// <summary>Appends a cell and writes into it.</summary>
    public async Task WriteCellAsync(string code)
    {
        await Page.EvaluateAsync("const all = window.jupyterapp.shell.currentWidget.content; all.activeCellIndex = all.widgets.length - 1");
        await RunAsync("notebook:insert-cell-below");
        // By a click, for a cell that JupyterLab has not drawn yet can't be written into.
        await LastCell.Locator(".cm-content").ClickAsync();
        await Page.Keyboard.InsertTextAsync(code);
    }

    /// <summary>The active cell's outputs as text.</summary>
    public ILocator OutputOfLastCell => LastCell.Locator(".jp-OutputArea-output");
}

using Vilt.Kernel.Display;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>Publishes the outputs of one run of a cell and keeps what its reply and the history need of them.</summary>
internal sealed class CellMessages(MessageSender sender, Request request, int executionCount, bool silent)
{
    private const string Notice =
        "Output is left out from here on: the front end reads slowly and still has tens of megabytes to read.\n";

    private volatile bool isLeavingOut;

    /// <summary>The cell's value as plain text, if it had one.</summary>
    public string? ValueText { get; private set; }

    public void Publish(CellOutput output)
    {
        if (output is ExecuteResult result && result.Bundle.Data.TryGetValue("text/plain", out var text))
        {
            ValueText = text.GetString();
        }

        if (!silent && HasRoom(output))
        {
            var (type, content) = Message(output);
            sender.Publish(type, content, request);
        }
    }

    /// <summary>Tells the reader when outputs begin to be left out. Errors and clearing always have room.</summary>
    private bool HasRoom(CellOutput output)
    {
        var wasLeavingOut = isLeavingOut;
        isLeavingOut = output is not (CellError or ClearOutput) && !sender.HasRoom();
        if (isLeavingOut && !wasLeavingOut)
        {
            sender.Publish("stream", new StreamText("stderr", Notice), request);
        }

        return !isLeavingOut;
    }

    private (string Type, object Content) Message(CellOutput output) => output switch
    {
        StreamOutput stream => ("stream", new StreamText(stream.Name, stream.Text)),
        DisplayData display => ("display_data", new DisplayContent(display.Bundle.Data, new(display.DisplayId))),
        UpdateDisplay update => ("update_display_data", new DisplayContent(update.Bundle.Data, new(update.DisplayId))),
        ClearOutput clear => ("clear_output", new ClearOutputContent(clear.Wait)),
        ExecuteResult result => ("execute_result", new ExecuteResultContent(executionCount, result.Bundle.Data)),
        CellError error => ("error", new ErrorContent(error.Name, error.Message, error.Traceback)),
        _ => throw new ArgumentOutOfRangeException(nameof(output), output, "unknown kind of output"),
    };
}

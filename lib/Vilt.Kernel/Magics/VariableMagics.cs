using System.Collections;
using System.Diagnostics;
using System.Globalization;
using Vilt.Kernel.Display;
using Vilt.Kernel.Display.Views;

namespace Vilt.Kernel.Magics;

/// <summary>Commands that describe the session.</summary>
internal static class VariableMagics
{
    public static Task Who(MagicCall call) => Show(call.Run.Session.Variables().Select(variable => variable.Name).ToList());

    public static Task Whos(MagicCall call) => Show(call.Run.Session.Variables()
        .Select(variable => new { variable.Name, Type = TypeNames.Of(variable.Type), Value = ValueOf(variable.Value) }).ToList());

    public static Task Time(MagicCall call)
    {
        var clock = Stopwatch.StartNew();
        call.Run.AtEnd(() => Show(string.Create(CultureInfo.InvariantCulture, $"Wall time: {clock.Elapsed.TotalMilliseconds:0.0} ms")));
        return Task.CompletedTask;
    }

    /// <summary>A value on one line. A lazy sequence is not run for it.</summary>
    private static string ValueOf(object? value) => value is IEnumerable and not (string or ICollection) ? "…" : OneLine.Of(value);

    private static Task Show(object value)
    {
        DisplayedValue.Show(MimeBundle.From(value));
        return Task.CompletedTask;
    }
}

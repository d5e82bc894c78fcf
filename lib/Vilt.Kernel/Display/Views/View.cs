using Vilt.Shared;

namespace Vilt.Kernel.Display.Views;

/// <summary>What is shown of a value. It is read once, and every MIME type is written from it.</summary>
internal abstract record View;

/// <summary>A value as text.</summary>
internal sealed record TextView(string Text) : View;

/// <summary>A value that has a formatter of its own.</summary>
internal sealed record FormattedView(object Value) : View;

/// <summary>JSON, indented.</summary>
internal sealed record JsonView(string Json) : View;

/// <summary>The items of a sequence.</summary>
/// <param name="Type">The sequence's type, in C#.</param>
/// <param name="Items">Those that are shown.</param>
/// <param name="More">What to say about the others; empty when all are shown.</param>
internal sealed record ListView(string Type, IReadOnlyList<View> Items, string More) : View
{
    /// <summary>Whether the items fit on one line, as numbers and words do.</summary>
    public bool IsFlat => Items.All(item => item is TextView);
}

/// <summary>An object by its members.</summary>
/// <param name="Type">Its type, in C#.</param>
/// <param name="Summary">The object on one line.</param>
/// <param name="Members">Its members by name.</param>
internal sealed record ObjectView(string Type, string Summary, IReadOnlyList<KeyValuePair<string, View>> Members) : View;

/// <summary>A table.</summary>
/// <param name="Layout">The table.</param>
/// <param name="Caption">What stands above it; empty for nothing.</param>
internal sealed record TableView(TableLayout Layout, string Caption = "") : View;

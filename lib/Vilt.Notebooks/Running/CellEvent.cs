using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Vilt.Notebooks.Running;

/// <summary>What the process that runs a notebook reports to the one that started it.</summary>
/// <param name="Cell">The cell's position among all cells, from 1.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(CellStarted), "started")]
[JsonDerivedType(typeof(CellPutOut), "output")]
[JsonDerivedType(typeof(CellEnded), "ended")]
internal abstract record CellEvent(int Cell);

/// <summary>A cell starts to run.</summary>
/// <param name="Cell">Its position.</param>
/// <param name="Number">Its execution count.</param>
internal sealed record CellStarted(int Cell, int Number) : CellEvent(Cell);

/// <summary>A cell put something out.</summary>
/// <param name="Cell">Its position.</param>
/// <param name="Output">The output in Jupyter's form; <c>update_display_data</c> changes an earlier one.</param>
internal sealed record CellPutOut(int Cell, JsonObject Output) : CellEvent(Cell);

/// <summary>A cell has run.</summary>
/// <param name="Cell">Its position.</param>
/// <param name="Failure">What went wrong, if anything did.</param>
internal sealed record CellEnded(int Cell, CellFailure? Failure) : CellEvent(Cell);

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The exception's type or the compiler error's id.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Line">The line of the cell, from 1, where it is known.</param>
internal sealed record CellFailure(string Name, string Message, int? Line)
{
    private const int LongestReason = 2000;

    /// <summary>Tells it with the cell's number.</summary>
    public string InCell(int number)
    {
        var reason = $"{Name}: {Message}";
        var line = Line is { } at ? $", line {at}" : "";
        return $"cell {number}{line}: {(reason.Length <= LongestReason ? reason : reason[..LongestReason] + "…")}";
    }
}

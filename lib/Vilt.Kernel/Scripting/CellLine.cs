using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Knows the line at which a cell's code ran past the end of an array or the range of a number. The runtime throws these exceptions from
/// the end of the method, which has no line, so each instruction that may throw one is marked before it runs.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellLine
{
    /// <summary>The mark of the line that the thread reached last. No cell sets it itself.</summary>
    [ThreadStatic]
    [SuppressMessage("Usage", "CA2211", Justification = "Cells set it, in each loop that reads an array.")]
    public static int Last;

    /// <summary>The same for the statement outside any function that the thread began last.</summary>
    [ThreadStatic]
    [SuppressMessage("Usage", "CA2211", Justification = "Cells set it.")]
    public static int Statement;

    internal static readonly FieldInfo LastField = typeof(CellLine).GetField(nameof(Last))!;
    internal static readonly FieldInfo StatementField = typeof(CellLine).GetField(nameof(Statement))!;

    private const int LineBits = 16;
    private const int MostLines = (1 << LineBits) - 1;
    private const int MostDocuments = (1 << (31 - LineBits)) - 1;

    private static readonly List<string> Documents = [""]; // No mark is 0.
    private static readonly ConditionalWeakTable<Exception, Tuple<int, int>> Thrown = [];
    private static readonly Lazy<bool> Watching = new(Watch);

    /// <summary>Starts to record where such exceptions are thrown.</summary>
    internal static void Note() => _ = Watching.Value;

    /// <summary>Makes the mark of a line.</summary>
    /// <param name="place">The line.</param>
    /// <returns>The mark, or 0 where the cell or the session is too long for one.</returns>
    internal static int Mark(CellPlace place)
    {
        lock (Documents)
        {
            var number = Documents.LastIndexOf(place.Cell);
            if (number < 0)
            {
                number = Documents.Count;
                Documents.Add(place.Cell);
            }

            return place.Line <= MostLines && number <= MostDocuments ? (number << LineBits) | place.Line : 0;
        }
    }

    /// <summary>The place in a cell where an exception was thrown, and that of the statement that led to it; null where none is known.</summary>
    internal static (CellPlace? Thrown, CellPlace? Statement) Of(Exception exception) =>
        Thrown.TryGetValue(exception, out var marks) ? (Place(marks.Item1), Place(marks.Item2)) : (null, null);

    private static CellPlace? Place(int mark)
    {
        lock (Documents)
        {
            return mark == 0 ? null : new(Documents[mark >> LineBits], mark & MostLines);
        }
    }

    private static bool Watch()
    {
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
        {
            if (thrown.Exception is IndexOutOfRangeException or ArithmeticException)
            {
                Thrown.TryAdd(thrown.Exception, Tuple.Create(Last, Statement));
            }
        };
        return true;
    }
}

/// <summary>A line of a cell.</summary>
/// <param name="Cell">The cell's file name.</param>
/// <param name="Line">From 1.</param>
internal sealed record CellPlace(string Cell, int Line);

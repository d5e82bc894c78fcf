using System.Collections;
using System.Data;
using System.Globalization;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display.Views;

/// <summary>
/// Tables of other libraries: System.Data's, data frames of Microsoft.Data.Analysis and data views of ML.NET. The kernel does not depend
/// on the last two, so it recognizes them by name and reads them by reflection.
/// </summary>
internal static class ForeignTables
{
    /// <summary>Makes a table of one of them.</summary>
    /// <returns>Null for any other value.</returns>
    public static View? Of(object value) => value switch
    {
        DataTable table => OfRows(table, table.Rows.Cast<DataRow>(), table.Rows.Count),
        DataView { Table: { } table } view => OfRows(table, view.Cast<DataRowView>().Select(row => row.Row), view.Count),
        DataRowCollection { Count: > 0 } rows => OfRows(rows[0].Table, rows.Cast<DataRow>(), rows.Count),
        DataRow[] { Length: > 0 } rows => OfRows(rows[0].Table, rows, rows.Length),
        DataRow row => OfRows(row.Table, [row], count: 1),
        DataSet set => new ObjectView(
            "DataSet", set.DataSetName, [.. set.Tables.Cast<DataTable>().Select(table => KeyValuePair.Create(table.TableName, Of(table)!))]),
        _ when IsNamed(value.GetType(), "Microsoft.Data.Analysis.DataFrame") => OfFrame(value),
        _ when value.GetType().GetInterface("Microsoft.ML.IDataView") is { } contract => OfDataView(value, contract),
        _ => null,
    };

    private static TableView OfRows(DataTable table, IEnumerable<DataRow> rows, int count)
    {
        var columns = table.Columns.Cast<DataColumn>().Select(column => column.ColumnName).ToList();
        var shown = rows.Take(Formatter.ListExpansionLimit).ToList();
        return RecordTable.Of(
            columns, shown.Select(row => row.ItemArray.Select(cell => cell is DBNull ? null : cell)), More(count - shown.Count));
    }

    private static TableView OfFrame(object frame)
    {
        var columns = ((IEnumerable)Get(frame, "Columns")!).Cast<object>().ToList();
        var cells = columns.Select(column => ((IEnumerable)column).Cast<object?>().Take(Formatter.ListExpansionLimit).ToList()).ToList();
        var length = columns.Count == 0 ? 0 : Convert.ToInt64(Get(columns[0], "Length"), CultureInfo.InvariantCulture);
        var shown = columns.Count == 0 ? 0 : cells[0].Count;
        return RecordTable.Of(
            [.. columns.Select(column => (string)Get(column, "Name")!)],
            Enumerable.Range(0, shown).Select(row => cells.Select(column => column[row])),
            More(length - shown));
    }

    /// <summary>Reads a data view as its library's own preview for debuggers does.</summary>
    private static TableView? OfDataView(object view, Type contract)
    {
        var preview = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType("Microsoft.ML.DebuggerExtensions")?.GetMethod("Preview", [contract, typeof(int)]))
            .FirstOrDefault(method => method is not null);
        if (preview?.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [view, Formatter.ListExpansionLimit + 1], culture: null) is not { } read)
        {
            return null;
        }

        var rows = ((IEnumerable)Get(read, "RowView")!).Cast<object>()
            .Select(row => ((IEnumerable)Get(row, "Values")!).Cast<KeyValuePair<string, object?>>().ToList()).ToList();
        var columns = ((IEnumerable)Get(read, "Schema")!).Cast<object>().Select(column => (string)Get(column, "Name")!).ToList();
        return RecordTable.Of(
            columns,
            rows.Take(Formatter.ListExpansionLimit).Select(row => row.Select(cell => Dense(cell.Value))),
            rows.Count > Formatter.ListExpansionLimit ? "… and more rows." : "");
    }

    /// <summary>The values of ML.NET's vectors.</summary>
    private static object? Dense(object? value) =>
        value is not null && value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition().FullName == "Microsoft.ML.Data.VBuffer`1"
            ? type.GetMethod("DenseValues")!.Invoke(value, null)
            : value;

    private static bool IsNamed(Type? type, string name) => type is not null && (type.FullName == name || IsNamed(type.BaseType, name));

    private static object? Get(object value, string property) => value.GetType().GetProperties()
        .First(candidate => candidate.Name == property && candidate.GetIndexParameters().Length == 0).GetValue(value);

    private static string More(long count) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"… and {count:N0} more rows.");
}

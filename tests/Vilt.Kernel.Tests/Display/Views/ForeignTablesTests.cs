using System.Collections;
using System.Data;
using Microsoft.Data.Analysis;

namespace Vilt.Kernel.Tests.Display.Views
{
    public sealed class ForeignTablesTests
    {
        [Fact]
        public void A_data_table_is_a_table()
        {
            using var table = new DataTable();
            table.Columns.Add("Name", typeof(string));
            table.Columns.Add("Legs", typeof(int));
            table.Rows.Add("zebra", 4);
            table.Rows.Add("snake", DBNull.Value);
            Assert.Equal("Name   Legs\nzebra     4\nsnake", Shown.Text(table));
            Assert.Contains("<td>zebra</td><td class=\"number\">4</td>", Shown.Html(table), StringComparison.Ordinal);
            table.DefaultView.RowFilter = "Legs = 4";
            Assert.Equal("Name   Legs\nzebra     4", Shown.Text(table.DefaultView));
        }

        [Fact]
        public void Rows_by_themselves_are_a_table_too()
        {
            using var table = new DataTable();
            table.Columns.Add("Name");
            table.Rows.Add("zebra");
            table.Rows.Add("stork");
            Assert.Equal("Name\nzebra\nstork", Shown.Text(table.Rows));
            Assert.Equal("Name\nstork", Shown.Text(table.Select("Name = 'stork'")));
            Assert.Equal("Name\nzebra", Shown.Text(table.Rows[0]));
        }

        [Fact]
        public void An_empty_one_has_its_columns()
        {
            using var table = new DataTable();
            table.Columns.Add("Name");
            Assert.Equal("Name\nNo rows.", Shown.Text(table));
        }

        [Fact]
        public void A_data_frame_is_a_table()
        {
            var frame = new DataFrame([new("Name", Enumerable.Repeat("zebra", 150)), new("Legs", Enumerable.Repeat<object>(4, 150))]);
            Assert.StartsWith("Name   Legs\nzebra     4\n", Shown.Text(frame), StringComparison.Ordinal);
            Assert.EndsWith("… and 50 more rows.", Shown.Text(frame), StringComparison.Ordinal);
        }

        [Fact]
        public void A_data_set_is_its_tables_by_name()
        {
            using var set = new DataSet("Zoo");
            set.Tables.Add("Animals").Columns.Add("Name");
            set.Tables[0].Rows.Add("zebra");
            Assert.Equal("DataSet\n    Animals:\n    Name\n    zebra", Shown.Text(set));
        }

        [Theory]
        [InlineData(2, "")]
        [InlineData(150, "… and more rows.")]
        public void A_data_view_is_a_table_of_its_first_rows(int length, string end)
        {
            var text = Shown.Text(new Animals(length));
            Assert.StartsWith("Name   Legs\nzebra     4\n", text, StringComparison.Ordinal);
            Assert.EndsWith(end, text, StringComparison.Ordinal);
            Assert.Equal(1 + Math.Min(length, 100) + (end.Length > 0 ? 1 : 0), text.Split('\n').Length);
        }

        private sealed class Animals(int length) : Microsoft.ML.IDataView
        {
            public long? GetRowCount() => length;
        }
    }
}

namespace Microsoft.Data.Analysis
{
    /// <summary>Has the name and the members by which the kernel knows the library's class.</summary>
    internal sealed class DataFrame(List<DataFrameColumn> columns)
    {
        public IReadOnlyList<DataFrameColumn> Columns { get; } = columns;
    }

    internal sealed class DataFrameColumn(string name, IEnumerable<object?> values) : IEnumerable
    {
        private readonly List<object?> values = [.. values];

        public string Name { get; } = name;

        public long Length => values.Count;

        public IEnumerator GetEnumerator() => values.GetEnumerator();
    }
}

namespace Microsoft.ML
{
    /// <summary>Has the name by which the kernel knows the library's interface.</summary>
    internal interface IDataView
    {
        long? GetRowCount();
    }

    internal static class DebuggerExtensions
    {
        public static DataDebuggerPreview Preview(this IDataView data, int maxRows) => new((int)Math.Min(data.GetRowCount() ?? 0, maxRows));
    }

    internal sealed class DataDebuggerPreview(int rows)
    {
        public IReadOnlyList<Column> Schema { get; } = [new("Name"), new("Legs")];

        public IReadOnlyList<RowInfo> RowView { get; } = [.. Enumerable.Repeat(new RowInfo([new("Name", "zebra"), new("Legs", 4)]), rows)];

        internal sealed record Column(string Name);

        internal sealed record RowInfo(KeyValuePair<string, object?>[] Values);
    }
}

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

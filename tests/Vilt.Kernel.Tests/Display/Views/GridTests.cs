namespace Vilt.Kernel.Tests.Display.Views;

public sealed class GridTests
{
    [Fact]
    public void Two_dimensions_are_rows_with_type_and_shape()
    {
        var array = new[,] { { 1, 2, 3 }, { 4, 5, 60 } };
        Assert.Equal("int[2, 3]\n1  2   3\n4  5  60", Shown.Text(array));
        Assert.Contains("int[2, 3]", Shown.Html(array), StringComparison.Ordinal);
        Assert.Contains("<tr><td class=\"number\">1</td><td class=\"number\">2</td><td class=\"number\">3</td></tr>", Shown.Html(array), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_three_dimensions_say_where_they_stand()
    {
        var cube = new double[2, 2, 2];
        cube[0, 0, 0] = 0.5;
        cube[1, 0, 1] = 7;
        Assert.Equal("double[2, 2, 2]\n[0, 0]  0.5  0\n[0, 1]    0  0\n[1, 0]    0  7\n[1, 1]    0  0", Shown.Text(cube));
    }

    [Fact]
    public void Jagged_arrays_are_rows_of_their_lengths()
    {
        Assert.Equal("int[2][], rows of 3, 1\n1  2  3\n4", Shown.Text(new[] { new[] { 1, 2, 3 }, [4] }));
        Assert.Equal("string[2][], rows of 2\na  b\nc  d", Shown.Text(new[] { new[] { "a", "b" }, ["c", "d"] }));
    }

    [Fact]
    public void Empty_and_large_ones_say_so()
    {
        Assert.Equal("int[0, 3]\nNo rows.", Shown.Text(new int[0, 3]));
        Assert.EndsWith("… and 200 more rows and 20 more columns.", Shown.Text(new byte[300, 120]), StringComparison.Ordinal);
        Assert.StartsWith("string[2, 1]\n<null>\n", Shown.Text(new string?[2, 1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_lower_bounds_than_zero_are_read()
    {
        var array = Array.CreateInstance(typeof(int), [2, 2], [1, 5]);
        array.SetValue(9, 2, 6);
        Assert.Equal("int[2, 2]\n0  0\n0  9", Shown.Text(array));
    }
}

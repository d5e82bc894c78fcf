using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Scripting;

public sealed class StateTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task Keeps_variables_methods_types_and_usings_across_cells()
    {
        Assert.Empty(await session.RunAsync("using System.Globalization;\nvar x = 40;\nint Twice(int a) => 2 * a;\nrecord Animal(string Name);"));
        Assert.Equal("80", await session.ValueAsync("Twice(x)"));
        Assert.Equal("zebra", await session.ValueAsync("new Animal(\"zebra\").Name"));
        Assert.Equal("true", (await session.ValueAsync("CultureInfo.InvariantCulture is not null")).ToLowerInvariant());
    }

    [Fact]
    public async Task Shows_the_last_expression_and_nothing_after_a_semicolon()
    {
        Assert.Equal("3", await session.ValueAsync("1 + 2"));
        Assert.Empty(await session.RunAsync("var y = 1 + 2;\ny.ToString();"));
        Assert.Equal("5", await session.ValueAsync("return 5;"));
    }

    [Fact]
    public async Task Shows_null_but_not_the_absence_of_a_value()
    {
        Assert.Equal("<null>", await session.ValueAsync("string none = null;\nnone"));
        Assert.Empty(await session.RunAsync("await Task.CompletedTask"));
    }

    [Fact]
    public async Task Awaits_come_back_to_the_thread_that_all_cells_run_on()
    {
        await session.RunAsync("int Here() => Environment.CurrentManagedThreadId;\nvar first = Here();");
        await session.RunAsync("await Task.Delay(1);\nvar afterDelay = Here();\nawait Task.Run(() => { });\nvar afterRun = Here();");
        Assert.Equal("True", await session.ValueAsync("first == afterDelay && first == afterRun && first == Here()"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("await Task.Delay(1);\n")]
    [InlineData("await Task.Run(() => { });\n")]
    public async Task Keeps_the_culture_and_async_locals(string before)
    {
        await session.RunAsync("using System.Globalization;\nvar ticket = new System.Threading.AsyncLocal<string>();");
        await session.RunAsync(
            before + "var own = (CultureInfo)CultureInfo.InvariantCulture.Clone();\nown.NumberFormat.NumberDecimalSeparator = \",\";\n"
            + "CultureInfo.CurrentCulture = own;\nticket.Value = \"mine\";");
        Assert.Equal("1,5 mine", await session.ValueAsync("$\"{1.5} {ticket.Value}\""));
        Assert.IsType<CellError>(Assert.Single(await session.RunAsync("ticket.Value = \"kept\";\nthrow new Exception();")));
        Assert.Equal("1,5 kept", await session.ValueAsync(before + "$\"{1.5} {ticket.Value}\""));
        Assert.Equal("kept", await session.ValueAsync("await Task.Run(() => ticket.Value)"));
    }

    [Fact]
    public async Task Keeps_what_a_cell_set_before_it_threw()
    {
        await session.RunAsync("var kept = 1;\nkept = 7;\nthrow new Exception(\"later\");");
        Assert.Equal("7", await session.ValueAsync("kept"));
    }

    [Fact]
    public async Task Goes_on_after_a_cell_that_does_not_compile()
    {
        await session.RunAsync("var before = 1;");
        Assert.IsType<CellError>(Assert.Single(await session.RunAsync("var lost = ;")));
        Assert.Equal("1", await session.ValueAsync("before"));
    }

    [Fact]
    public async Task Runs_two_hundred_cells()
    {
        await session.RunAsync("var sum = 0;");
        for (var i = 1; i <= 200; i++)
        {
            await session.RunAsync($"var v{i} = {i};\nsum += v{i};");
        }

        Assert.Equal("20100", await session.ValueAsync("sum"));
    }

    [Fact]
    public async Task Recursion_goes_deeper_than_a_usual_stack()
    {
        await session.RunAsync("int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1);");
        Assert.Equal("100000", await session.ValueAsync("Depth(100_000)"));
    }

    [Fact]
    public async Task Compiles_for_release()
    {
        var code = "System.Reflection.CustomAttributeExtensions.GetCustomAttribute<System.Diagnostics.DebuggableAttribute>("
            + "new Func<int>(() => 1).Method.Module.Assembly)?.IsJITOptimizerDisabled ?? false";
        Assert.Equal("False", await session.ValueAsync(code));
    }
}

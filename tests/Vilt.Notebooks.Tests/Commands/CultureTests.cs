using System.CommandLine;
using System.Globalization;
using Vilt.Notebooks.Commands;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>The machine's language never changes how a number in a command is read.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    // As German writes numbers; made by hand, since a machine may have no cultures at all.
    public CultureTests()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
        culture.NumberFormat.NegativeSign = "\u2212";
        CultureInfo.CurrentCulture = culture;
    }

    public void Dispose() => CultureInfo.CurrentCulture = before;

    [Theory]
    [InlineData("1e-4", 1e-4)]
    [InlineData("0.05", 0.05)]
    [InlineData("2", 2)]
    public void A_number_is_read_with_a_point(string text, double expected)
    {
        var optional = NumberOption.Optional("--until", "", "DELTA");
        var learningRate = NumberOption.WithDefault("--learning-rate", "", 1);
        var parsed = new RootCommand { optional, learningRate }.Parse(["--until", text, "--learning-rate", text]);
        Assert.Empty(parsed.Errors);
        Assert.Equal((expected, expected), (parsed.GetValue(optional), parsed.GetValue(learningRate)));
    }

    [Theory]
    [InlineData("0,05")]
    [InlineData("1.000,5")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    [InlineData("many")]
    public void Another_is_refused(string text)
    {
        var learningRate = NumberOption.WithDefault("--learning-rate", "", 1);
        var error = Assert.Single(new RootCommand { learningRate }.Parse(["--learning-rate", text]).Errors);
        Assert.StartsWith($"--learning-rate {text}: expected a number above 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_out_is_read_with_a_point() => Assert.Empty(RunCommand.Create().Parse(["a.ipynb", "--timeout", "1.5"]).Errors);

    [Fact]
    public async Task The_program_reads_and_writes_alike_on_a_machine_of_another_language()
    {
        var german = new Dictionary<string, string?> { ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0" };
        var (exitCode, _, error) = await ViltProgram.RunAsync(german, "train", "pretrain", "--config", "none", "--data", "none", "--out", "none", "--learning-rate", "1e-4");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("There is no folder none", error, StringComparison.Ordinal);
    }
}

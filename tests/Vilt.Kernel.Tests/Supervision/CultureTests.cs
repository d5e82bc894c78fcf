using Vilt.Kernel.Tests.Packages;

namespace Vilt.Kernel.Tests.Supervision;

/// <summary>Cells have the cultures that any program has, and what the kernel shows of values is the same everywhere.</summary>
public sealed class CultureTests
{
    private const string Invariant = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    [Fact]
    public void A_cell_knows_cultures()
    {
        SkipWithoutIcu();
        using var kernel = new KernelProcess("env", "-u", Invariant);
        void AssertValue(string value, string code)
        {
            Assert.Equal(value, kernel.Client.Execute(code).Value, ignoreCase: true);
        }

        AssertValue("1.234,50", "1234.5.ToString(\"N2\", new System.Globalization.CultureInfo(\"de-DE\"))");
        AssertValue("dimanche", "new DateTime(2026, 3, 1).ToString(\"dddd\", System.Globalization.CultureInfo.GetCultureInfo(\"fr-FR\"))");
        AssertValue("tıtle", "\"TITLE\".ToLower(new System.Globalization.CultureInfo(\"tr-TR\"))");
        AssertValue("JPY", "new System.Globalization.RegionInfo(\"JP\").ISOCurrencySymbol");
        AssertValue("True", "string.Compare(\"ä\", \"z\", new System.Globalization.CultureInfo(\"de-DE\"), System.Globalization.CompareOptions.None) < 0");
    }

    [Fact]
    public void Cells_have_the_machine_s_culture_and_values_are_shown_without_one()
    {
        SkipWithoutIcu();
        using var kernel = new KernelProcess("env", "-u", Invariant, "LC_ALL=de_DE.UTF-8");
        Assert.Equal("1,5", kernel.Client.Execute("Console.Write(1.5);").Stream("stdout"));
        Assert.Equal("1,5", kernel.Client.Execute("$\"{1.5}\"").Value);
        Assert.Equal("1.5", kernel.Client.Execute("1.5").Value);
        Assert.Equal("fr-CH", kernel.Client.Execute("System.Globalization.CultureInfo.CurrentCulture = new(\"fr-CH\");\nawait Task.Delay(1);\nSystem.Globalization.CultureInfo.CurrentCulture.Name").Value);
        Assert.Equal("fr-CH", kernel.Client.Execute("System.Globalization.CultureInfo.CurrentCulture.Name").Value);
    }

    [Fact]
    public void A_machine_without_cultures_runs_cells_all_the_same()
    {
        using var kernel = new KernelProcess("env", Invariant + "=1");
        Assert.Equal("1.5", kernel.Client.Execute("$\"{1.5}\"").Value);
        Assert.Equal("CultureNotFoundException", kernel.Client.Execute("new System.Globalization.CultureInfo(\"de-DE\")").Reply.Text("ename"));
    }

    [Fact]
    public void A_package_speaks_the_language_that_another_package_brings()
    {
        SkipWithoutIcu();
        using var feed = new PackageFeed();
        feed.Add("Zoo.de", "1.0.0", code: null, german: ("Zoo", "Texts", "Zebra", "das Zebra"));
        feed.Add(
            "Zoo", "1.0.0",
            """
            using System.Globalization;
            using System.Resources;
            public static class Zebra { public static string In(string culture) => new ResourceManager("Texts", typeof(Zebra).Assembly).GetString("Zebra", new CultureInfo(culture)); }
            """,
            needs: ("Zoo.de", "1.0.0"));
        using var kernel = new KernelProcess(feed.Notebooks, ["env", "-u", Invariant]);
        kernel.Client.Execute("#r \"nuget: Zoo, 1.0.0\"");
        Assert.Equal("das Zebra", kernel.Client.Execute("Zebra.In(\"de\")").Value);
        Assert.Equal("das Zebra", kernel.Client.Execute("Zebra.In(\"de-AT\")").Value);
        Assert.Equal("MissingManifestResourceException", kernel.Client.Execute("Zebra.In(\"fr\")").Reply.Text("ename"));
    }

    /// <summary>The compiler brings Humanizer, in English alone.</summary>
    [Fact]
    public void So_does_one_whose_assembly_the_program_has_too()
    {
        SkipWithoutIcu();
        using var feed = new PackageFeed();
        feed.Add("Humanizer.de", "2.14.1", code: null, german: ("Humanizer", "Humanizer.Properties.Resources", "TimeSpanHumanize_MultipleDays", "{0} Tage"));
        feed.Add("Humanizer", "2.14.1", code: null, file: Path.Combine(AppContext.BaseDirectory, "Humanizer.dll"), needs: ("Humanizer.de", "2.14.1"));
        using var kernel = new KernelProcess(feed.Notebooks, ["env", "-u", Invariant]);
        kernel.Client.Execute("#r \"nuget: Humanizer, 2.14.1\"\nusing Humanizer;");
        Assert.Equal("2 Tage", kernel.Client.Execute("TimeSpan.FromDays(2).Humanize(culture: new System.Globalization.CultureInfo(\"de\"))").Value);
        Assert.Equal("2 days", kernel.Client.Execute("TimeSpan.FromDays(2).Humanize(culture: new System.Globalization.CultureInfo(\"en\"))").Value);
    }

    private static void SkipWithoutIcu() => Assert.SkipWhen(
        OperatingSystem.IsLinux() && !Enumerable.Range(50, 51).Any(version => System.Runtime.InteropServices.NativeLibrary.TryLoad($"libicuuc.so.{version}", out _)),
        "This machine has no ICU, which cultures come from.");
}

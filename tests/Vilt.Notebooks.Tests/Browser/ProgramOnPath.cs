namespace Vilt.Notebooks.Tests.Browser;

/// <summary>Programs of the machine that tests need and the build does not bring.</summary>
internal static class ProgramOnPath
{
    /// <summary>Finds one, or skips the test.</summary>
    /// <param name="name">The program.</param>
    /// <param name="variable">The environment variable that may name its path instead.</param>
    /// <param name="remedy">How to get it, in one line.</param>
    public static string FindOrSkip(string name, string variable, string remedy)
    {
        var named = Environment.GetEnvironmentVariable(variable);
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var path = named ?? folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(!File.Exists(path), $"There is no {path ?? name}. {remedy} {variable} may name its path.");
        return path!;
    }
}

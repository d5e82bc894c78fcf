namespace Vilt.Kernel.Tests;

/// <summary>The repository's folder that these tests were built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "Vilt.Notebooks.sln")))
        {
            at = at.Parent;
        }

        return at.FullName;
    }
}

using System.Diagnostics;

namespace Vilt.Notebooks.Running;

/// <summary>This very program, to be started anew.</summary>
internal static class OwnProgram
{
    /// <summary>The program's DLL, which <c>dotnet</c> runs.</summary>
    public static string Library => typeof(OwnProgram).Assembly.Location;

    /// <summary>A command that starts it as it was started itself: by its own executable, or by <c>dotnet</c>.</summary>
    public static ProcessStartInfo Command(params IEnumerable<string> arguments)
    {
        var byDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        return new ProcessStartInfo(Environment.ProcessPath!, byDotnet ? arguments.Prepend(Library) : arguments);
    }
}

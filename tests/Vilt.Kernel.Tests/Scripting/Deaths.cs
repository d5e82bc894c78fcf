using System.Runtime.CompilerServices;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Tests.Scripting;

/// <summary>Lets this program, started with a cell in its environment, run that cell and do nothing else.</summary>
internal static class Deaths
{
    public const string Variable = "VILT_TESTS_LAST_CELL";

    // CA2255: a module initializer, because the test framework has the program's entry point.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void RunLastCell()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } code)
        {
            DeathWatch.Start();
            using var engine = new CSharpEngine(Path.GetTempPath());
            engine.RunAsync(new("id", 7, code), _ => { }).GetAwaiter().GetResult();
            Environment.Exit(0);
        }
    }
}

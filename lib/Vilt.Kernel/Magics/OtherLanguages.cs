namespace Vilt.Kernel.Magics;

/// <summary>What to write instead of .NET Interactive's commands that another language, or another kernel, would have to run.</summary>
internal static class OtherLanguages
{
    private static readonly Dictionary<string, string> Instead = new(StringComparer.OrdinalIgnoreCase)
    {
        ["#!fsharp"] = "write the cell in C#, or compile it to a library and reference it with #r \"path.dll\"",
        ["#!pwsh"] = "start the program from C# with System.Diagnostics.Process.Start(\"program\", \"arguments\")",
        ["#!javascript"] = "write Javascript(\"\"\"…\"\"\") in a C# cell with the script in it",
        ["#!sql"] = "query from C# with the database's own package, such as #r \"nuget: Microsoft.Data.SqlClient\"",
        ["#!kql"] = "query from C# with #r \"nuget: Microsoft.Azure.Kusto.Data\"",
        ["#!http"] = "send the request from C# with System.Net.Http.HttpClient",
        ["#!python"] = "run the cell in a notebook of a Python kernel",
        ["#!r"] = "run the cell in a notebook of an R kernel; a reference is #r \"path.dll\", without the exclamation mark",
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["#!f#"] = "#!fsharp",
        ["#!powershell"] = "#!pwsh",
        ["#!js"] = "#!javascript",
        ["#!kusto"] = "#!kql",
    };

    /// <summary>Whether the lines below are in another language.</summary>
    public static bool Has(string name) => Instead.ContainsKey(name) || Aliases.ContainsKey(name);

    /// <summary>Whether a line takes a value from another language.</summary>
    public static bool IsSource(MagicLine line) =>
        line.Name == "#!share" && line.Words.SkipWhile(word => word != "--from").Skip(1).FirstOrDefault("value") is not ("value" or "csharp");

    /// <summary>What to do about a command that this kernel does not have.</summary>
    public static string Advice(string name)
    {
        if (Instead.TryGetValue(Aliases.GetValueOrDefault(name, name), out var instead))
        {
            return $"{name} can't run here, because this kernel runs only C#: {instead}.";
        }

        return name switch
        {
            "#!share" => "#!share takes a value from another language's kernel, but this kernel runs only C#: use the variable itself, "
                + "or write --from value for a text stored by #!value.",
            "#!connect" => "#!connect starts another language's kernel, but this kernel runs only C#: use that language's own kernel, "
                + "or a .NET package for what it does.",
            _ => $"{name} is not a command of this kernel: run #!lsmagic for the list.",
        };
    }
}

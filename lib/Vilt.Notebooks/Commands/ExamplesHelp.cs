using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Vilt.Notebooks.Commands;

/// <summary>A command's help with examples at the end.</summary>
internal sealed class ExamplesHelp(IReadOnlyDictionary<Command, string[]> examples) : SynchronousCommandLineAction
{
    private readonly HelpAction usage = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usage.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command, out var lines))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var line in lines)
            {
                output.WriteLine("  " + line);
            }
        }

        parseResult.InvocationConfiguration.Output.WriteLine("\n" + ExitCode.Meanings);
        return ExitCode.Success;
    }
}

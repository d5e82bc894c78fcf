using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using Vilt.Notebooks.Commands;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Running;

if (MachineLimits.Problem() is { } limit)
{
    MachineLimits.Say(limit);
    return ExitCode.Failure;
}

if (args is not [ChildProcess.Command, ..]) // cells have the machine's culture; everything else reads and writes numbers the same way everywhere
{
    CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
    CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
}

var run = RunCommand.Create();
var student = StudentCommand.Create();
var grade = GradeCommand.Create();
var zoo = ZooCommand.Create();
var data = DataCommand.Create();
var ask = AskCommand.Create();
var explore = ExploreCommand.Create();
var train = TrainCommand.Create();
var evaluate = EvaluateCommand.Create();
var predict = PredictCommand.Create();
var attribute = AttributeCommand.Create();
var results = ResultsCommand.Create();
var attributeScore = AttributeScoreCommand.Create();
var kernel = KernelCommands.Create();
var root = new RootCommand("C# notebooks on visual question answering: runs them, makes students' copies, and uses, trains and measures models.")
{
    run, student, grade, kernel, zoo, data, ask, explore, train, evaluate, predict, attribute, results, attributeScore, RunCellsCommand.Create(), WritePageCommand.Create(),
};
root.HelpName = "vilt";
var help = new ExamplesHelp(new Dictionary<Command, string[]>
{
    [root] = ["vilt run", "vilt student --out class", "vilt zoo --out data/zoo --pictures 500 --seed 1"],
    [run] = RunCommand.Examples,
    [student] = StudentCommand.Examples,
    [grade] = GradeCommand.Examples,
    [kernel] = KernelCommands.Examples,
    [zoo] = ZooCommand.Examples,
    [data] = DataCommand.Examples,
    [ask] = AskCommand.Examples,
    [explore] = ExploreCommand.Examples,
    [train] = TrainCommand.Examples,
    [evaluate] = EvaluateCommand.Examples,
    [attributeScore] = AttributeScoreCommand.Examples,
    [predict] = PredictCommand.Examples,
    [attribute] = AttributeCommand.Examples,
    [results] = ResultsCommand.Examples,
});
foreach (var option in root.Options.OfType<HelpOption>())
{
    option.Action = help;
}

var parsed = root.Parse(args.Length > 0 ? args : ["--help"]);
if (parsed.Errors.Count > 0 && parsed.Action is not ExamplesHelp)
{
    var command = string.Join(' ', CommandNames(parsed.CommandResult));
    Console.Error.WriteLine($"{parsed.Errors[^1].Message} See: {command} --help"); // The last is the most specific.
    return ExitCode.WrongUse;
}

using var signals = args is [ChildProcess.Command or PageProcess.Command, ..] ? null : new StopSignals(); // child processes end with their parent
try
{
    var patience = signals is null ? TimeSpan.FromSeconds(20) : (TimeSpan?)null; // the signals have their own
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = patience }, signals?.Token ?? default);
}
catch (OperationCanceledException)
{
    return signals?.ExitCode ?? ExitCode.Interrupted;
}
catch (Exception exception) when (exception is NotebookException or IOException or InvalidDataException or UnauthorizedAccessException or NotFiniteNumberException)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.Failure;
}
catch (Exception exception) when (exception is OutOfMemoryException or ExternalException) // .NET's own and libtorch's, with its stack.
{
    Console.Error.WriteLine(exception.Message.Split('\n')[0]);
    return ExitCode.Failure;
}
catch (Exception exception)
{
    Console.Error.WriteLine($"vilt failed unexpectedly: {exception}");
    return ExitCode.Failure;
}

static IEnumerable<string> CommandNames(CommandResult result) =>
    result.Parent is CommandResult parent ? CommandNames(parent).Append(result.Command.Name) : ["vilt"];

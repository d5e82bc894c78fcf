using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Vilt.Kernel.Display;
using Vilt.Kernel.Scripting;

namespace Vilt.Course.Tests;

/// <summary>What a student sees who writes it into the cell of notebook 5's exercise and runs the check.</summary>
public sealed class WrongAnswersTests : IAsyncLifetime
{
    private const string Exercise = "05-exercise", Declaration = "05-attr-given", Check = "05-attr-check";
    private const string NotDone = "Not done yet: attr has no value.";

    private static readonly string Notebook = Path.Combine(CourseFolders.Home(), "notebooks", "05-explain-the-answers.ipynb");

    private readonly CSharpEngine engine = new(Path.GetDirectoryName(Notebook)!);
    private readonly string folder = Environment.CurrentDirectory;
    private readonly Dictionary<string, string> cells = JsonNode.Parse(File.ReadAllText(Notebook))!["cells"]!.AsArray()
        .ToDictionary(cell => cell!["id"]!.ToString(), cell => string.Concat(cell!["source"]!.AsArray().Select(line => line!.ToString())));

    private int count;

    public async ValueTask InitializeAsync()
    {
        Environment.CurrentDirectory = Path.GetDirectoryName(Notebook)!;
        foreach (var id in new[] { "05-02-code", "05-04-code", "05-07-code" })
        {
            Assert.Null(await ErrorAsync(cells[id]));
        }
    }

    public ValueTask DisposeAsync()
    {
        Environment.CurrentDirectory = folder;
        engine.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_cell_and_the_check_say_what_is_wrong()
    {
        const string Pixels = "m.InputMaps[\"pixelValues\"]", Words = "model.WordEmbeddings";
        await SaysAsync(cells[Exercise], "Not done yet.", NotDone, "has it run, and without an error?");
        await SaysAsync($"attr = new LayerIntegratedGradients(m, [{Words}, {Pixels}]);", null, "The two layers are in the other order.");
        await SaysAsync($"attr = new LayerIntegratedGradients(m, {Words});", "cannot convert from", NotDone);
        await SaysAsync($"attr = new LayerIntegratedGradients(m, [{Words}]);", null, "attr has 1 layer; the exercise asks for two.");
        await SaysAsync($"attr = new LayerIntegratedGradients(model, [{Pixels}, {Words}]);", "wrap it in a module", NotDone);
        await SaysAsync($"attr = new LayerIntegratedGradients(m, [{Pixels}, m.WordEmbeddings]);", "'WordEmbeddings'", NotDone);
        await SaysAsync($"attr = new LayerIntegratedGradients(m, [{Pixels}, m.InputMaps[\"inputIds\"]]);", null, "Layer 2 is the input layer of inputIds.");
        await SaysAsync($"attr = LayerIntegratedGradients(m, [{Pixels}, {Words}]);", "cannot be used like a method", NotDone);
        await SaysAsync($"attr = new LayerIntegratedGradients(m, [{Pixels}, {Words}])", null, null); // A cell's last expression needs no semicolon.
        await SaysAsync($"var a = 1\nattr = new LayerIntegratedGradients(m, [{Pixels}, {Words}]);", "; expected", NotDone);
        await SaysAsync($"attr = new LayerIntegratedGradients(m, [{Pixels}, {Words});", "expected", NotDone);
        await SaysAsync($"attr = LayerIntegratedGradients(m, [m.input_maps['pixelValues'], {Words}])", "cannot be used like a method", NotDone);
        await SaysAsync("attr = LayerIntegratedGradients(m, layers=[m]) # Python", "", NotDone);
        await SaysAsync($"var attr = new LayerIntegratedGradients(m, [{Pixels}, {Words}]);", null, null);
        await SaysAsync(
            $"var mine = new LayerIntegratedGradients(m, [{Pixels}, {Words}]);", null, NotDone, "A cell has made one by the name of mine; the exercise asks for attr.");
    }

    /// <summary>Runs the declaration, the answer and the check. A null stands for no error.</summary>
    private async Task SaysAsync(string answer, string? inCell, string? inCheck, string look = "")
    {
        Assert.Null(await ErrorAsync(cells[Declaration]));
        AssertSays(inCell, await ErrorAsync(answer), answer);
        var error = await ErrorAsync(cells[Check]);
        AssertSays(inCheck, error, answer);
        if (error is not null)
        {
            Assert.Equal((nameof(ExerciseException), 1), (error.Name, error.Line));
            Assert.Contains(look, error.Message, StringComparison.Ordinal);
            Assert.All(string.Join('\n', error.Traceback).Split('\n'), line => Assert.InRange(line.Length, 1, ExerciseException.LongestLine));
        }
    }

    private static void AssertSays(string? expected, CellError? error, string answer)
    {
        if (expected is null)
        {
            Assert.True(error is null, $"{answer}: {error?.Message}");
        }
        else
        {
            Assert.Contains(expected, Assert.IsType<CellError>(error).Message, StringComparison.Ordinal);
        }
    }

    private async Task<CellError?> ErrorAsync(string code)
    {
        var outputs = new ConcurrentQueue<CellOutput>();
        count++;
        var error = await engine.RunAsync(new Cell($"id{count}", count, code), outputs.Enqueue, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(outputs, output => output is StreamOutput { Name: "stderr" });
        return error;
    }
}

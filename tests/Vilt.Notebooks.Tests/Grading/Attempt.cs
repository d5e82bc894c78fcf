using System.Text.Json.Nodes;

namespace Vilt.Notebooks.Tests.Grading;

/// <summary>What one student of a large class hands in for notebook 5, and what is to come of it.</summary>
/// <param name="Student">Named after what is handed in.</param>
/// <param name="Attr">The points for the object.</param>
/// <param name="Completeness">The points for the number, of the exercise after it.</param>
/// <param name="Says">A part of the message at the first of the two that gives no points.</param>
internal sealed record Attempt(string Student, double Attr, double Completeness, string Says = "")
{
    private const string Pixels = "m.InputMaps[\"pixelValues\"]", Words = "model.WordEmbeddings";
    private const string NotDone = "Not done yet";

    /// <summary>What stands in the first exercise's cell; null for the right answer.</summary>
    public string? AttrCell { get; init; }

    /// <summary>What stands in the second exercise's cell; null for the right answer.</summary>
    public string? CompletenessCell { get; init; }

    /// <summary>Whether both cells are as they were handed out.</summary>
    public bool IsUnsolved { get; init; }

    /// <summary>What else is done to the notebook's cells.</summary>
    public Action<JsonArray>? Edit { get; init; }

    /// <summary>A part of what the report says was restored.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether it would harm a machine on which it runs without a sandbox.</summary>
    public bool NeedsSandbox { get; init; }

    /// <summary>Whether it is a wrong answer as others are: those are tried in one session by the tests of the course's library.</summary>
    public bool IsOneOfMany { get; init; }

    /// <summary>The name of the file.</summary>
    public string File { get; init; } = "05-explain-the-answers.ipynb";

    /// <summary>Answers that are right, in one way or another.</summary>
    public static IEnumerable<Attempt> Right =>
    [
        new("right", 4, 2),
        new("declares-it-again", 4, 2) { AttrCell = $"var attr = new LayerIntegratedGradients(m, [{Pixels}, {Words}]);" },
        new("last-semicolon-missing", 4, 2) { AttrCell = $"attr = new LayerIntegratedGradients(m, [{Pixels}, {Words}])" },
        new("renamed", 4, 2) { File = "my homework (final) 2.ipynb" },
        new("deleted-cells", 4, 2) { Edit = cells => Remove(cells, "05-attr-given", "05-attr-check", "05-07-code"), Note = "The cell attr-check was deleted" },
        new("copied-cells", 4, 2) { Edit = cells => Copy(cells, "05-attr-check"), Note = "There was a second cell attr-check" },
    ];

    /// <summary>Answers that students have tried and that are not right.</summary>
    public static IEnumerable<Attempt> Wrong =>
    [
        new("unsolved", 0, 0, "Not done yet.") { IsUnsolved = true },
        Answer("swapped", $"attr = new LayerIntegratedGradients(m, [{Words}, {Pixels}]);", "The two layers are in the other order."),
        Answer("one-layer-without-a-list", $"attr = new LayerIntegratedGradients(m, {Words});", "cannot convert from"),
        Answer("one-layer", $"attr = new LayerIntegratedGradients(m, [{Words}]);", "attr has 1 layer; the exercise asks for two."),
        Answer("model-for-m", $"attr = new LayerIntegratedGradients(model, [{Pixels}, {Words}]);", "wrap it in a module"),
        Answer("wrapper-forgotten", $"attr = new LayerIntegratedGradients(new LogitsOnly(model), [{Pixels}, {Words}]);", "attr explains LogitsOnly, and not m."),
        Answer("words-of-m", $"attr = new LayerIntegratedGradients(m, [{Pixels}, m.WordEmbeddings]);", "'WordEmbeddings'"),
        Answer("input-ids", $"attr = new LayerIntegratedGradients(m, [{Pixels}, m.InputMaps[\"inputIds\"]]);", "Layer 2 is the input layer of inputIds."),
        Answer("another-name", $"var mine = new LayerIntegratedGradients(m, [{Pixels}, {Words}]);", NotDone),
        Answer("new-forgotten", $"attr = LayerIntegratedGradients(m, [{Pixels}, {Words}]);", "cannot be used like a method"),
        Answer("semicolon-missing", $"var a = 1\nattr = new LayerIntegratedGradients(m, [{Pixels}, {Words}]);", "; expected"),
        Answer("bracket-missing", $"attr = new LayerIntegratedGradients(m, [{Pixels}, {Words});", "expected"),
        Answer("python", $"attr = LayerIntegratedGradients(m, [m.input_maps['pixelValues'], {Words}])", "cannot be used like a method"),
        new("changed-check", 0, 2, "attr has 1 layer")
        {
            AttrCell = $"attr = new LayerIntegratedGradients(m, [{Words}]);",
            Edit = cells => Change(cells, "05-attr-check", "\"right\""),
            Note = "The locked cell attr-check was changed",
        },
        new("wrong-sign", 4, 0, "Its sign is the wrong one")
        {
            CompletenessCell = """
                using (torch.no_grad())
                    difference = (m.Forward(textPadding, blankPicture, checkBatch.AttentionMask, checkBatch.PixelMask, checkBatch.TokenTypeIds)
                        - m.Forward(checkBatch.InputIds, checkBatch.PixelValues, checkBatch.AttentionMask, checkBatch.PixelMask, checkBatch.TokenTypeIds))[0, elephant].item<float>();
                """,
        },
    ];

    /// <summary>Cells that do harm where they can.</summary>
    /// <param name="outside">A folder that no cell should see, with a file <c>secret.txt</c>.</param>
    /// <param name="port">A port of this machine on which somebody listens.</param>
    public static IEnumerable<Attempt> Hostile(string outside, int port) =>
    [
        Harm("loop", "while (true) ;", "took longer than"),
        Harm("stack-overflow", "int Deep(int n) => 1 + Deep(n + 1);\nDeep(0)", "InsufficientExecutionStackException"),
        Harm("output", "for (int i = 0; i < 1000; i++)\n    Console.WriteLine(new string('x', 1_000_000));"), // What is said of it depends on whether the time is up before.
        Harm("reads-its-neighbor", $"System.IO.File.ReadAllText(\"{outside}/secret.txt\")", "Could not find"),
        Harm("opens-a-connection", $"new System.Net.Sockets.TcpClient().Connect(\"127.0.0.1\", {port});", "SocketException"),
        Harm("writes-above", $"foreach (var path in new[] {{ \"../above.txt\", \"{outside}/above.txt\" }})\n    System.IO.File.WriteAllText(path, \"x\");", "above.txt"),
        Harm("memory", "var all = new List<byte[]>();\nfor (int i = 0; i < 100; i++)\n    all.Add(GC.AllocateUninitializedArray<byte>(100_000_000));", "OutOfMemoryException") with { NeedsSandbox = true },
        Harm("forks", Shell("f() { f | f & }; f; sleep 60"), "processes") with { NeedsSandbox = true },
        Harm("kills-its-parent", Shell("kill -9 1 $PPID -1"), "the process") with { NeedsSandbox = true },
    ];

    private static Attempt Answer(string student, string code, string says) => new(student, 0, 2, says) { AttrCell = code, IsOneOfMany = true };

    private static Attempt Harm(string student, string code, string says = "") => new(student, 4, 0, says) { CompletenessCell = code };

    private static string Shell(string script) => $"System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"{script}\"]).WaitForExit();";

    private static JsonNode Of(JsonArray cells, string id) => cells.Single(cell => cell!["id"]!.ToString() == id)!;

    private static void Remove(JsonArray cells, params string[] ids) => Array.ForEach(ids, id => cells.Remove(Of(cells, id)));

    private static void Change(JsonArray cells, string id, string source) => Of(cells, id)["source"] = source;

    private static void Copy(JsonArray cells, string id)
    {
        var copy = Of(cells, id).DeepClone();
        copy["id"] = "copy";
        cells.Insert(1, copy);
    }
}

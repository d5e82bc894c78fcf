using System.Text.Json;
using Vilt.Checkpoints;
using Vilt.Model;
using Vilt.Notebooks.Tests.Browser;
using Vilt.Pipelines;
using Vilt.Processing;

namespace Vilt.Explorer.Tests.Browser;

/// <summary>
/// How long a user waits, the browser included: run with <c>-explicit only</c> on a quiet machine. The figures are printed.
/// </summary>
[Trait("Needs", "Browser")]
public sealed class LatencyTests(RunningExplorer explorer)
{
    private const string Picture = "example-zebra", Question = "how many zebras are on the picture";

    // From the click to the second frame after the change that it waits for.
    private const string Measure = """
        async ({ rounds, click, waitsFor }) => {
            const times = [];
            const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            for (let round = 0; round < rounds; round++) {
                const done = waitsFor.map(what => new Promise(resolve => {
                    const watch = new MutationObserver(() => {
                        if (!eval(what)) return;
                        watch.disconnect();
                        frame().then(() => resolve(performance.now()));
                    });
                    watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
                }));
                const start = performance.now();
                eval(click);
                times.push((await Promise.all(done)).map(end => end - start));
                await new Promise(resolve => setTimeout(resolve, 100));
            }
            return times;
        }
        """;

    [Fact(Explicit = true)]
    public Task The_Zoos_model() => MeasureAsync("zoo", explorer.Server.Address, rounds: 50);

    [Fact(Explicit = true)]
    public async Task A_model_of_the_shape_of_B_32()
    {
        var processor = new ViltProcessor(new ViltImageProcessor(), ViltCheckpoint.From(RunningExplorer.Asset("vilt-zoo-finetuned-vqa")).Processor().Tokenizer);
        var answers = Enumerable.Range(0, 3129).Select(i => $"answer {i}").ToArray();
        using var vqa = new VqaPipeline(new ViltForQuestionAnswering(new ViltConfig { Id2Label = answers }, seed: 1), processor);
        await using var server = await ExplorerServer.StartAsync(explorer.Options with { Models = [new("b32", vqa)], Masks = null, Examples = [] }, TestContext.Current.CancellationToken);
        await MeasureAsync("b32", server.Address, rounds: 5);
    }

    private static async Task MeasureAsync(string name, Uri address, int rounds)
    {
        await using var chromium = await Chromium.StartAsync(allowsEval: true);
        await chromium.Page.GotoAsync($"{address}#picture={Picture}&question={Uri.EscapeDataString(Question)}");
        await chromium.Page.Locator("#answers button").First.WaitForAsync();
        const string Ask = """
            (() => {
                const question = document.getElementById('question');
                question.value = question.value.includes('zebras') ? 'what is on the picture' : 'how many zebras are on the picture';
                document.getElementById('answers').replaceChildren();
                document.getElementById('question-form').requestSubmit();
            })()
            """;
        const string Why = "document.querySelector('.facts')?.remove(), document.querySelectorAll('#answers button')[document.querySelectorAll('#answers button')[0].getAttribute('aria-pressed') === 'true' ? 1 : 0].click()";
        await TimesAsync(Ask, 3, "document.querySelectorAll('#answers button').length >= 5");
        var answered = await TimesAsync(Ask, rounds, "document.querySelectorAll('#answers button').length >= 5");
        await TimesAsync(Why, 2, "/convergence delta/.test(document.querySelector('.facts')?.textContent)");
        var explained = await TimesAsync(
            Why, rounds, "/5 of 30/.test(document.querySelector('.facts')?.textContent)", "/convergence delta/.test(document.querySelector('.facts')?.textContent)");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{name}: median of {rounds}, ms: answers {Median(answered, 0):0}, first map {Median(explained, 0):0}, thirty steps {Median(explained, 1):0}");

        async Task<double[][]> TimesAsync(string click, int count, params string[] waitsFor) =>
            (await chromium.Page.EvaluateAsync<JsonElement>(Measure, new { rounds = count, click, waitsFor }))!.Deserialize<double[][]>()!;
    }

    private static double Median(double[][] times, int which) => times.Select(one => one[which]).Order().ElementAt(times.Length / 2);
}

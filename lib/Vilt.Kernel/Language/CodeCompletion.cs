using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Text;
using Choice = Microsoft.CodeAnalysis.Completion.CompletionItem;

namespace Vilt.Kernel.Language;

/// <summary>Completion by Roslyn.</summary>
internal static class CodeCompletion
{
    // Each description takes about a millisecond, and a front end shows ten or so items at once.
    private const int MostDescribed = 20;

    // Each of them writes out a whole member.
    private const int MostRewriting = 50;

    public static async Task<Completions> FindAsync(Document document, int position, CancellationToken cancellation)
    {
        var service = CompletionService.GetService(document)!;
        var found = await service.GetCompletionsAsync(document, position, cancellationToken: cancellation).ConfigureAwait(false);
        if (found.ItemsList.Count == 0)
        {
            return new([], position, position);
        }

        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var typed = text.ToString(TextSpan.FromBounds(found.Span.Start, Math.Max(found.Span.Start, position)));
        var choices = Matching(service, document, [.. found.ItemsList], typed);
        var simple = choices.Where(choice => !choice.IsComplexTextEdit).ToList();
        return simple.Count > 0
            ? new(await DescribeAsync(service, document, simple, cancellation).ConfigureAwait(false), found.Span.Start, found.Span.End)
            : await RewriteAsync(service, document, choices, found.Span, cancellation).ConfigureAwait(false);
    }

    /// <summary>The choices that go on as the word was begun, else those that Roslyn finds close, by their capitals for example.</summary>
    private static IEnumerable<Choice> Matching(CompletionService service, Document document, ImmutableArray<Choice> all, string typed)
    {
        var begun = all.Where(choice => choice.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        return (begun.Count > 0 ? begun : service.FilterItems(document, all, typed).AsEnumerable())
            .OrderByDescending(choice => choice.FilterText.StartsWith(typed, StringComparison.Ordinal))
            .ThenByDescending(choice => choice.Rules.MatchPriority)
            .ThenBy(choice => choice.SortText, StringComparer.OrdinalIgnoreCase)
            .DistinctBy(TextOf);
    }

    private static async Task<IReadOnlyList<CompletionItem>> DescribeAsync(
        CompletionService service, Document document, List<Choice> choices, CancellationToken cancellation)
    {
        var items = new List<CompletionItem>(choices.Count);
        foreach (var choice in choices)
        {
            var description = items.Count < MostDescribed
                ? await service.GetDescriptionAsync(document, choice, cancellation).ConfigureAwait(false) : null;
            items.Add(ItemOf(choice, TextOf(choice), description));
        }

        return items;
    }

    /// <summary>Takes choices that write more than a name, as after <c>override</c>. All replace the range that the first does.</summary>
    private static async Task<Completions> RewriteAsync(
        CompletionService service, Document document, IEnumerable<Choice> choices, TextSpan span, CancellationToken cancellation)
    {
        var items = new List<CompletionItem>();
        foreach (var choice in choices.Take(MostRewriting))
        {
            var change = (await service.GetChangeAsync(document, choice, cancellationToken: cancellation).ConfigureAwait(false)).TextChange;
            span = items.Count == 0 ? change.Span : span;
            if (change.Span == span && change.NewText is { } text)
            {
                items.Add(ItemOf(choice, text, description: null));
            }
        }

        return new(items, span.Start, span.End);
    }

    private static CompletionItem ItemOf(Choice choice, string text, CompletionDescription? description)
    {
        var parts = description?.Text.Split('\n', 2, StringSplitOptions.TrimEntries);
        return new(text, choice.Tags.FirstOrDefault("text").ToLowerInvariant(), Filled(parts?[0]), Filled(parts?.ElementAtOrDefault(1)));
    }

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>What the choice writes: "System" shows its namespace so, <c>List&lt;&gt;</c> without its brackets, an argument's name with its colon.</summary>
    private static string TextOf(Choice choice) =>
        choice.Properties.GetValueOrDefault("InsertionText") ?? choice.DisplayText + (choice.DisplayTextSuffix == ":" ? ":" : "");
}

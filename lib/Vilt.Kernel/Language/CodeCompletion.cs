using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Text;
using Choice = Microsoft.CodeAnalysis.Completion.CompletionItem;

namespace Vilt.Kernel.Language;

/// <summary>Completion by Roslyn.</summary>
internal static class CodeCompletion
{
    // A description takes one to twenty milliseconds. Front ends ask for those of further items when they show them.
    private static readonly TimeSpan LongestDescribing = TimeSpan.FromMilliseconds(50);

    // Each is a whole member, made by changing the whole document.
    private const int MostOverrides = 50;

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
        var overrides = choices.Where(IsOverride).ToList();
        return overrides.Count > 0
            ? await OverrideAsync(service, document, overrides, cancellation).ConfigureAwait(false)
            : new(await DescribeAsync(service, document, choices, cancellation).ConfigureAwait(false), found.Span.Start, found.Span.End);
    }

    /// <summary>The choices that begin like the word, else those that Roslyn finds similar, for example by their capitals.</summary>
    private static List<Choice> Matching(CompletionService service, Document document, ImmutableArray<Choice> all, string typed)
    {
        var begun = all.Where(choice => choice.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        return [.. (begun.Count > 0 ? begun : service.FilterItems(document, all, typed).AsEnumerable())
            .OrderByDescending(choice => choice.FilterText.StartsWith(typed, StringComparison.Ordinal))
            .ThenByDescending(choice => choice.Rules.MatchPriority)
            .ThenBy(choice => choice.SortText, StringComparer.OrdinalIgnoreCase)
            .Where(choice => !choice.IsComplexTextEdit || IsOverride(choice)) // The others change code around the cursor, as casts do.
            .DistinctBy(TextOf)];
    }

    private static async Task<IReadOnlyList<CompletionItem>> DescribeAsync(
        CompletionService service, Document document, List<Choice> choices, CancellationToken cancellation)
    {
        var items = new List<CompletionItem>(choices.Count);
        var clock = Stopwatch.StartNew();
        foreach (var choice in choices)
        {
            var description = items.Count == 0 || clock.Elapsed < LongestDescribing
                ? await service.GetDescriptionAsync(document, choice, cancellation).ConfigureAwait(false) : null;
            items.Add(ItemOf(choice, TextOf(choice), description));
        }

        return items;
    }

    // Only the providers that insert members name the modifiers.
    private static bool IsOverride(Choice choice) => choice.IsComplexTextEdit && choice.Properties.ContainsKey("Modifiers");

    /// <summary>Writes out the members that the word <c>override</c> can stand for. All replace the range that the first does.</summary>
    private static async Task<Completions> OverrideAsync(
        CompletionService service, Document document, List<Choice> choices, CancellationToken cancellation)
    {
        var items = new List<CompletionItem>();
        var span = default(TextSpan);
        foreach (var choice in choices.Take(MostOverrides))
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
        return new(text, KindOf(choice), Filled(parts?[0]), Filled(parts?.ElementAtOrDefault(1)));
    }

    private static string KindOf(Choice choice)
    {
        var kind = choice.Tags.FirstOrDefault("text").ToLowerInvariant();
        return kind == "extensionmethod" ? "method" : kind; // Front ends have no word or icon for it.
    }

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>The text that the choice inserts: of <c>List&lt;&gt;</c> the name alone, of a named argument also the colon.</summary>
    private static string TextOf(Choice choice) =>
        choice.Properties.GetValueOrDefault("InsertionText") ?? choice.DisplayText + (choice.DisplayTextSuffix == ":" ? ":" : "");
}

using Microsoft.AspNetCore.Http;

namespace Vilt.Explorer.Browsing;

/// <summary>Which rows to show, and in which order. Rows about which nothing is known yet match no filter that needs it.</summary>
/// <param name="Model">The model's name; null for the first.</param>
/// <param name="Right"><c>right</c> (accuracy 100), <c>partly</c>, <c>wrong</c> (0), or null for all.</param>
/// <param name="Kind">What questions ask for.</param>
/// <param name="Answer">The model's answer.</param>
/// <param name="Least">The least probability.</param>
/// <param name="Most">The highest probability.</param>
/// <param name="Hit">Whether explanations point at what decides.</param>
/// <param name="Text">What occurs in the question.</param>
/// <param name="Sort"><c>question</c>, <c>probability</c> or <c>score</c>; null for the data set's order.</param>
/// <param name="Falling">Whether the largest come first.</param>
/// <param name="Page">From 0.</param>
internal sealed record TableQuery(
    string? Model, string? Right, string? Kind, string? Answer, double? Least, double? Most, bool? Hit, string? Text, string? Sort,
    bool Falling = false, int Page = 0)
{
    public const int PageSize = 24;

    public IEnumerable<TableRow> Select(IEnumerable<TableRow> rows) => Sorted(rows.Where(IsWanted));

    private bool IsWanted(TableRow row) =>
        (Right is null || RightnessOf(row) == Right)
        && (string.IsNullOrEmpty(Kind) || row.Kind == Kind)
        && (string.IsNullOrEmpty(Answer) || row.Answer == Answer)
        && (Least is null || row.Probability >= Least)
        && (Most is null || row.Probability <= Most)
        && (Hit is null || row.Hit == Hit)
        && (string.IsNullOrEmpty(Text) || row.Question.Contains(Text, StringComparison.OrdinalIgnoreCase));

    private static string? RightnessOf(TableRow row) => row.Score switch { null => null, 100 => "right", 0 => "wrong", _ => "partly" };

    private IEnumerable<TableRow> Sorted(IEnumerable<TableRow> rows) => Sort switch
    {
        null or "" => Falling ? rows.Reverse() : rows,
        "question" => Ordered(rows, row => row.Question),
        "probability" => Ordered(rows, row => row.Probability ?? double.NaN),
        "score" => Ordered(rows, row => row.Score ?? double.NaN),
        _ => throw new Refusal(StatusCodes.Status400BadRequest, $"The table can't be sorted by {Sort}."),
    };

    private IEnumerable<TableRow> Ordered<T>(IEnumerable<TableRow> rows, Func<TableRow, T> key) =>
        Falling ? rows.OrderByDescending(key) : rows.OrderBy(key);
}

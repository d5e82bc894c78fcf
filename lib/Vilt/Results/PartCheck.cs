using System.Globalization;

namespace Vilt.Results;

/// <summary>What was found of a part of the results.</summary>
/// <param name="Number">Which part, from 0.</param>
/// <param name="Expected">How many questions it is to have.</param>
/// <param name="Answered">How many have results.</param>
/// <param name="Unreadable">How many were skipped, because their pictures can't be read.</param>
/// <param name="Problem">Why it can't be used; null if it can, or is not there.</param>
public sealed record PartCheck(int Number, int Expected, int Answered, int Unreadable, string? Problem = null)
{
    /// <summary>Whether nothing is missing.</summary>
    public bool IsWhole => Problem is null && Answered + Unreadable >= Expected;

    /// <summary>What to say about a part that is not whole.</summary>
    public override string ToString() => Problem ?? (Answered + Unreadable == 0
        ? string.Create(CultureInfo.InvariantCulture, $"part {Number} is missing: {Expected} questions")
        : string.Create(CultureInfo.InvariantCulture, $"part {Number} has {Answered + Unreadable} of {Expected} questions"));
}

using Vilt.Data;

namespace Vilt.Explorer.Browsing;

/// <summary>A question of the data set, and what is known about a model's answer.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Picture">The picture's id.</param>
/// <param name="Question">The question.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Truth">The answer given most often; null in a test set.</param>
internal sealed record TableRow(long Id, string Picture, string Question, string Kind, string? Truth)
{
    /// <summary>The model's answer; null while it was not asked.</summary>
    public string? Answer { get; init; }

    /// <summary>The answer's probability.</summary>
    public double? Probability { get; init; }

    /// <summary>The answer's accuracy in percent, <see cref="VqaAccuracy"/>.</summary>
    public double? Score { get; init; }

    /// <summary>Whether its explanation points at what decides.</summary>
    public bool? Hit { get; init; }
}

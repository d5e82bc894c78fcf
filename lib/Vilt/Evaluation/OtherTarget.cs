using Vilt.Attribution;

namespace Vilt.Evaluation;

/// <summary>
/// A control: does a method explain this answer, or would any answer give the same map? The rank correlation of its attributions with
/// those of another target; near 1, the map says little about the answer.
/// </summary>
public static class OtherTarget
{
    /// <summary>Compares two explanations of the same inputs.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">What is explained.</param>
    /// <param name="other">The target to compare with.</param>
    /// <returns>The correlation for each input or layer, over all its values.</returns>
    /// <inheritdoc cref="IAttributionMethod.Attribute" path="/exception"/>
    public static IReadOnlyList<RankCorrelation> Correlations(IAttributionMethod method, AttributionArguments arguments, Target other)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(arguments);
        using AttributionResult own = method.Attribute(arguments), another = method.Attribute(arguments with { Target = other });
        return [.. own.Attributions.Zip(another.Attributions, RankCorrelation.Of)];
    }
}

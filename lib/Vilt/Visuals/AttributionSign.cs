namespace Vilt.Visuals;

/// <summary>Which attributions a heat map shows (captum's <c>sign</c>).</summary>
public enum AttributionSign
{
    /// <summary>Positive and negative ones, scaled to −1…1.</summary>
    All,

    /// <summary>Positive ones, scaled to 0…1; the others are 0.</summary>
    Positive,

    /// <summary>Negative ones, as magnitudes scaled to 0…1; the others are 0.</summary>
    Negative,

    /// <summary>The magnitude of each, scaled to 0…1.</summary>
    AbsoluteValue,
}

namespace Vilt.Notebooks.Scoring;

/// <summary>What is measured of a method's explanation of an answer. In the last row, of no method, stands what chance reaches.</summary>
internal enum Measure
{
    /// <summary>The pointing game by patch: 1 for a hit.</summary>
    Pointing,

    /// <summary>The same of the model with random weights, explaining the same answer.</summary>
    PointingRandomWeights,

    /// <summary>Relevance mass accuracy.</summary>
    Inside,

    /// <summary>The same of the model with random weights.</summary>
    InsideRandomWeights,

    /// <summary>Relevance rank accuracy.</summary>
    Rank,

    /// <summary>The same of the model with random weights.</summary>
    RankRandomWeights,

    /// <summary>The area under the curve of deletion by patches.</summary>
    Deletion,

    /// <summary>
    /// The same where patches go in the order of their pixels' magnitudes: the darkest first, as a heat map without signs shows them.
    /// </summary>
    DeletionByMagnitude,

    /// <summary>Deletion in the order that the map of random weights gives.</summary>
    DeletionRandomWeights,

    /// <summary>
    /// Deletion of those answers whose probability it at least halves in the end. Others survive an empty picture, as "no" to "is there a
    /// dog" does, and no order can take them away.
    /// </summary>
    DeletionOfLost,

    /// <summary>The area under the curve of insertion by patches.</summary>
    Insertion,

    /// <summary>Infidelity where patches are removed by lot, after scaling, as a share of that of a map of zeros.</summary>
    Infidelity,

    /// <summary>Spearman's rank correlation of the patches' sums with those of random weights.</summary>
    RandomWeights,

    /// <summary>The same of magnitudes.</summary>
    RandomWeightsAbsolute,

    /// <summary>Spearman's rank correlation of the patches' sums with those for the second answer.</summary>
    OtherAnswer,

    /// <summary>The same of magnitudes.</summary>
    OtherAnswerAbsolute,

    /// <summary>Maximum sensitivity.</summary>
    Sensitivity,

    /// <summary>The text's share of what text and picture add; in the last row by exact Shapley values.</summary>
    Text,

    /// <summary>Rows that went through the model.</summary>
    Forward,

    /// <summary>Rows that went backward.</summary>
    Backward,

    /// <summary>Seconds that the attribution took.</summary>
    Seconds,
}

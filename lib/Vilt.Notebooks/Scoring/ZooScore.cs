using Vilt.Evaluation;
using Vilt.Scenes;

namespace Vilt.Notebooks.Scoring;

/// <summary>How well the explanations of one question's answers keep to what decides it.</summary>
/// <param name="Kind">What the question asks for.</param>
/// <param name="Trained">Of the model itself.</param>
/// <param name="Randomized">Of the same model with random weights.</param>
/// <param name="Chance">To be expected of a random map.</param>
internal sealed record ZooScore(ZooQuestionKind Kind, Localization Trained, Localization Randomized, Localization Chance);

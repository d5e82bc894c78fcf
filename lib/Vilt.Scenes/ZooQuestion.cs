namespace Vilt.Scenes;

/// <summary>What a question asks for and which objects decide its answer.</summary>
/// <param name="QuestionId">The id in questions and annotations.</param>
/// <param name="ImageId">The picture it is about.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="ObjectIds">Ids of the deciding objects in that picture.</param>
public sealed record ZooQuestion(long QuestionId, long ImageId, ZooQuestionKind Kind, IReadOnlyList<int> ObjectIds);

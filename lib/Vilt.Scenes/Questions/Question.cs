namespace Vilt.Scenes.Questions;

/// <summary>A question about one scene.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Text">As it is asked.</param>
/// <param name="Truth">The right answer.</param>
/// <param name="Others">What a person may answer instead: another word, a miscount.</param>
/// <param name="ObjectIds">The objects that decide the answer.</param>
internal sealed record Question(
    ZooQuestionKind Kind, string Text, string Truth, IReadOnlyList<string> Others, IReadOnlyList<int> ObjectIds);

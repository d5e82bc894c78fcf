using Vilt.Attribution;
using Vilt.Data;
using Vilt.Processing;
using Vilt.Scenes;

namespace Vilt.Notebooks.Scoring;

/// <summary>Scores explanations of answers about the Zoo by its masks.</summary>
/// <param name="trained">Explains the answers of the model.</param>
/// <param name="randomized">Explains the answers of the same model with random weights.</param>
/// <param name="processor">Resizes pictures as both do.</param>
/// <param name="patchSize">Side of the models' patches in pixels.</param>
/// <param name="masks">What decides each question.</param>
internal sealed class ZooScoring(
    AnswerExplainer trained, AnswerExplainer randomized, ViltImageProcessor processor, int patchSize, ZooMasks masks)
{
    /// <summary>Scores the explanations of one question's answers; null where nothing on the picture decides it.</summary>
    public ZooScore? Score(VqaExample example, CancellationToken cancellation)
    {
        var kind = masks.Question(example.Question.QuestionId).Kind;
        var mask = masks.DecidingMask(example.Question.QuestionId);
        var picture = RgbImage.Read(example.ImagePath);
        var (height, width) = processor.GetResizedSize(picture.Height, picture.Width);
        var deciding = new DecidingPixels(mask, height, width, patchSize);
        return deciding.Area == 0 ? null : new(kind, Judge(trained), Judge(randomized), deciding.Chance);

        Localization Judge(AnswerExplainer explainer) => deciding.Judge(explainer.Pixels(picture, example.Question.Question, cancellation));
    }
}

using Microsoft.AspNetCore.Http;
using Vilt.Pipelines;

namespace Vilt.Explorer.Asking;

/// <summary>A question about a picture, of which parts may be hidden.</summary>
/// <param name="Picture">The picture's id.</param>
/// <param name="Question">What is asked.</param>
internal record QuestionRequest(string Picture, string Question)
{
    public const int LongestQuestion = 1000;

    /// <summary>The model's name; null for the first.</summary>
    public string? Model { get; init; }

    /// <summary>Patches that are hidden, counted row by row.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>The plain picture that explanations compare with, and that hidden patches show.</summary>
    public PictureBaseline Baseline { get; init; }

    /// <exception cref="Refusal">The question is empty or too long.</exception>
    public virtual void Check()
    {
        if (string.IsNullOrWhiteSpace(Question) || string.IsNullOrWhiteSpace(Picture))
        {
            throw new Refusal(StatusCodes.Status400BadRequest, "Choose a picture and type a question.");
        }

        if (Question.Length > LongestQuestion)
        {
            throw new Refusal(StatusCodes.Status413PayloadTooLarge, $"The question has {Question.Length} characters, over the limit of {LongestQuestion}.");
        }
    }
}

/// <summary>A question and the answer to explain.</summary>
/// <inheritdoc cref="QuestionRequest"/>
internal sealed record WhyRequest(string Picture, string Question) : QuestionRequest(Picture, Question)
{
    public const string LayerIntegratedGradients = "lig";

    private const int LeastSteps = 5, MostSteps = 500;

    /// <summary>The answer; null for the most probable one.</summary>
    public string? Answer { get; init; }

    /// <summary>One of <see cref="VqaMethods.Names"/>.</summary>
    public string Method { get; init; } = LayerIntegratedGradients;

    /// <summary>Steps of Layer Integrated Gradients.</summary>
    public int Steps { get; init; } = 30;

    /// <summary>The data set's question, where the pixels that decide it are known.</summary>
    public long? QuestionId { get; init; }

    /// <exception cref="Refusal">The question, the steps or the method won't do.</exception>
    public override void Check()
    {
        base.Check();
        if (Steps is < LeastSteps or > MostSteps || !VqaMethods.Names.Contains(Method))
        {
            throw new Refusal(
                StatusCodes.Status400BadRequest, $"Choose {LeastSteps} to {MostSteps} steps, and one of the methods {string.Join(", ", VqaMethods.Names)}.");
        }
    }
}

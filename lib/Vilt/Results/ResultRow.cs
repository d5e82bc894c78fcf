using System.Text.Json.Serialization;
using Vilt.Data;

namespace Vilt.Results;

/// <summary>What the rows of all tables have. Columns are named as in the data set's files; those of the data set are null without it.</summary>
public abstract record ResultRow
{
    /// <summary>The question's id.</summary>
    [JsonPropertyName("question_id")]
    public long QuestionId { get; init; }

    /// <summary>The picture's id.</summary>
    [JsonPropertyName("image_id")]
    public long? ImageId { get; set; }

    /// <summary>What was asked.</summary>
    [JsonPropertyName("question")]
    public string? Question { get; set; }

    /// <summary>The answer that most annotators gave; null in a test set.</summary>
    [JsonPropertyName("multiple_choice_answer")]
    public string? MultipleChoiceAnswer { get; set; }

    /// <summary>The official accuracy of the model's answer in percent; null in a test set.</summary>
    [JsonPropertyName("accuracy")]
    public double? Accuracy { get; set; }

    /// <summary>The model's most probable answer.</summary>
    [JsonPropertyName("answer")]
    public string Answer { get; init; } = "";

    /// <summary>Adds what the data set knows.</summary>
    public void Add(VqaExample example)
    {
        (ImageId, Question) = (example.Question.ImageId, example.Question.Question);
        if (example.Annotation is { } annotation)
        {
            (MultipleChoiceAnswer, Accuracy) = (annotation.MultipleChoiceAnswer, VqaAccuracy.Score(Answer, annotation.Answers));
        }
    }
}

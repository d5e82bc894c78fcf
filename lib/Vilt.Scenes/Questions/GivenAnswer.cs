namespace Vilt.Scenes.Questions;

/// <summary>One person's answer, with how sure that person was: "yes", "maybe" or "no".</summary>
internal sealed record GivenAnswer(string Answer, string Confidence);

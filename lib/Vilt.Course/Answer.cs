using System.Diagnostics;

namespace Vilt.Course;

/// <summary>What a cell has put into the variable that an exercise asks for.</summary>
[StackTraceHidden]
internal static class Answer
{
    private const int LongestName = 30;

    /// <summary>Gives the answer if there is one of the type that was asked for.</summary>
    /// <param name="value">What the variable holds; null before the exercise is done.</param>
    /// <param name="name">The variable.</param>
    /// <param name="asked">What the exercise asks for.</param>
    /// <exception cref="ExerciseException">There is none, or it is of another type.</exception>
    public static T Of<T>(object? value, string name, string asked) => value switch
    {
        T answer => answer,
        null => throw NotDone(name, typeof(T)),
        _ => throw new ExerciseException($"{name} is of type {NameOf(value.GetType())}.", $"The exercise asks for {asked}."),
    };

    private static ExerciseException NotDone(string name, Type type)
    {
        var wrong = $"Not done yet: {name} has no value.";
        return CellVariables.OfType(type).FirstOrDefault(other => other != name) is { } other
            ? new(wrong, $"A cell has made one by the name of {Short(other)}; the exercise asks for {name}.")
            : new(wrong, "Look at the exercise's cell: has it run, and without an error?", "If it shows one, its first line says what to mend.");
    }

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;

    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";
}

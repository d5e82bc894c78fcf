using System.Reflection;

namespace Vilt.Kernel.Scripting;

/// <summary>A variable that a cell declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type.</param>
/// <param name="Value">What it holds now.</param>
internal sealed record CellVariable(string Name, Type Type, object? Value)
{
    /// <summary>The variables of a session by name; where a name was declared again, the last one.</summary>
    /// <param name="submissions">The objects that hold the cells' variables, in order.</param>
    public static IReadOnlyList<CellVariable> Of(IEnumerable<object?> submissions) =>
    [
        .. submissions.Reverse().OfType<object>().SelectMany(OfOne).DistinctBy(variable => variable.Name)
            .OrderBy(variable => variable.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<CellVariable> OfOne(object submission) =>
        submission.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).Where(field => !field.Name.Contains('<', StringComparison.Ordinal))
            .Select(field => new CellVariable(field.Name, field.FieldType, field.GetValue(submission)));
}

using System.Reflection;

namespace Vilt.Course;

/// <summary>
/// The variables that cells have declared. C# scripts, in every host, compile a cell to a class <c>Submission#N</c> and its variables to
/// fields of that.
/// </summary>
internal static class CellVariables
{
    private const string CellClass = "Submission#";
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The names of those of a type.</summary>
    public static IEnumerable<string> OfType(Type type) =>
        AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.Location.Length == 0) // cells are compiled in memory
            .SelectMany(assembly => assembly.GetTypes())
            .Where(cell => cell.Name.StartsWith(CellClass, StringComparison.Ordinal))
            .SelectMany(cell => cell.GetFields(Fields))
            .Where(field => field.FieldType == type)
            .Select(field => field.Name)
            .Distinct();
}

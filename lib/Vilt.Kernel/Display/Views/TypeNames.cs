namespace Vilt.Kernel.Display.Views;

/// <summary>Names types as C# does.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    /// <summary>Whether a type is the compiler's or a library's own, as the types of iterators are.</summary>
    public static bool IsHidden(Type type) => type.IsNestedPrivate || type.Name.StartsWith('<');

    /// <summary>The type of a sequence; for an iterator, whose type is hidden, its interface.</summary>
    public static string OfSequence(Type type) =>
        !IsHidden(type) ? Of(type)
        : type.GetInterfaces().FirstOrDefault(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEnumerable<>)) is { } contract
            ? Of(contract) : Of(type);

    /// <summary>Any type.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        var name = type.Name.Split('`')[0];
        return name.StartsWith("<>", StringComparison.Ordinal) && name.Contains("AnonymousType", StringComparison.Ordinal) ? "(anonymous)"
            : type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
            : name;
    }
}

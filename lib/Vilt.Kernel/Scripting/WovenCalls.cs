using System.Reflection;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Vilt.Kernel.Scripting;

/// <summary>The calls that are woven into one assembly's methods.</summary>
/// <param name="module">The assembly.</param>
internal sealed class WovenCalls(ModuleDefinition module)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, MethodInfo[]> RegexMethods =
        typeof(CellRegex).GetMethods(Declared).GroupBy(method => method.Name).ToDictionary(group => group.Key, group => group.ToArray());

    private static readonly Dictionary<string, MethodInfo> Awaiters =
        typeof(CellChecks).GetMethods(Declared).Where(method => method.Name == nameof(CellChecks.GetAwaiter))
            .ToDictionary(method => NameOf(method.GetParameters()[0].ParameterType));

    private readonly Dictionary<MethodInfo, MethodReference> imported = [];
    private FieldReference? line;
    private FieldReference? statement;

    /// <summary><see cref="CellChecks.Step"/>.</summary>
    public MethodReference Step => Import(CellChecks.StepMethod);

    /// <summary><see cref="CellChecks.Call"/>.</summary>
    public MethodReference Call => Import(CellChecks.CallMethod);

    /// <summary><see cref="CellChecks.AsyncCall"/>.</summary>
    public MethodReference AsyncCall => Import(CellChecks.AsyncCallMethod);

    /// <summary><see cref="CellLine.Last"/>.</summary>
    public FieldReference Line => line ??= module.ImportReference(CellLine.LastField);

    /// <summary><see cref="CellLine.Statement"/>.</summary>
    public FieldReference Statement => statement ??= module.ImportReference(CellLine.StatementField);

    /// <summary>What is called before a call in a cell's own statements, or null.</summary>
    /// <param name="called">What the statements call.</param>
    public MethodReference? Before(MethodReference called) => called.Name switch
    {
        _ when called.DeclaringType.Name != "AsyncTaskMethodBuilder`1" => null,
        "AwaitOnCompleted" or "AwaitUnsafeOnCompleted" => Import(CellChecks.LeaveMethod),
        "SetResult" or "SetException" => Import(CellChecks.EndMethod),
        _ => null,
    };

    /// <summary>What is called instead of a method, and what to load before the call; null where the method itself is called.</summary>
    /// <param name="called">The method.</param>
    /// <param name="awaits">Whether the call is in a state machine, where <c>await</c> asks for awaiters.</param>
    public (MethodReference Method, IReadOnlyList<Instruction> Arguments)? Replacement(MethodReference called, bool awaits)
    {
        var type = called.DeclaringType;
        return type.Namespace switch
        {
            "System.Threading.Tasks" when awaits && called.Name == "GetAwaiter" => Awaiter(type),
            "System.Text.RegularExpressions" when type.Name == nameof(Regex) => OfRegex(called),
            _ => null,
        };
    }

    private static string NameOf(Type type) => type.IsByRef ? type.GetElementType()!.Name : type.Name;

    private (MethodReference Method, IReadOnlyList<Instruction> Arguments)? Awaiter(TypeReference type)
    {
        if (!Awaiters.TryGetValue(type.Name, out var method))
        {
            return null;
        }

        if (type is not GenericInstanceType generic)
        {
            return (Import(method), []);
        }

        var instance = new GenericInstanceMethod(Import(method));
        instance.GenericArguments.Add(generic.GenericArguments[0]);
        return (instance, []);
    }

    /// <summary>The overload with all parameters whose first ones have the types of the called one's.</summary>
    private (MethodReference Method, IReadOnlyList<Instruction> Arguments)? OfRegex(MethodReference called)
    {
        var name = called.Name == ".ctor" ? nameof(CellRegex.Create) : called.Name;
        var given = called.Parameters.Select(parameter => parameter.ParameterType.Name).ToList();
        var method = RegexMethods.GetValueOrDefault(name)?.FirstOrDefault(method => Types(method).Take(given.Count).SequenceEqual(given));
        if (method is null || (called.HasThis && called.Name != ".ctor"))
        {
            return null;
        }

        var missing = Types(method).Skip(given.Count).Select(type => type == nameof(RegexOptions)
            ? Instruction.Create(OpCodes.Ldc_I4_0)
            : Instruction.Create(OpCodes.Call, Import(CellRegex.NoLimitMethod)));
        return (Import(method), [.. missing]);
    }

    private static IEnumerable<string> Types(MethodInfo method) => method.GetParameters().Select(parameter => parameter.ParameterType.Name);

    private MethodReference Import(MethodInfo method) =>
        imported.TryGetValue(method, out var known) ? known : imported[method] = module.ImportReference(method);
}

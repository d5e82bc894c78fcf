using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Puts the calls of <see cref="CellChecks"/> and <see cref="CellRegex"/> into a compiled cell. The compiler sees only the user's own text,
/// so nothing that a cell can ask about its code, such as an argument's text or a line number, reveals them. Every method with code gets
/// them, also what the compiler writes: field initializers, primary constructors, the members of records.
/// </summary>
/// <param name="references">Finds what a cell refers to, and learns of the cell.</param>
internal sealed class CellWeaver(WeavingReferences references)
{
    private const string CompilersOwn = "<PrivateImplementationDetails>"; // Data of constants, and hashes of strings.

    /// <summary>Weaves one assembly.</summary>
    /// <param name="assembly">The compiler's assembly.</param>
    /// <param name="symbols">Its portable debug information.</param>
    /// <returns>Both as they are to be loaded.</returns>
    public (MemoryStream Assembly, MemoryStream Symbols) Weave(MemoryStream assembly, MemoryStream symbols)
    {
        var parameters = new ReaderParameters(ReadingMode.Deferred)
        {
            AssemblyResolver = references,
            ReadSymbols = true,
            SymbolStream = symbols,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
        };
        using var module = ModuleDefinition.ReadModule(assembly, parameters);
        var calls = new WovenCalls(module);
        foreach (var method in module.GetTypes().Where(type => !IsCompilersOwn(type)).SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            new MethodWeaver(method, calls).Weave();
        }

        var (woven, wovenSymbols) = (new MemoryStream(), new MemoryStream());
        module.Write(woven, new() { WriteSymbols = true, SymbolStream = wovenSymbols, SymbolWriterProvider = new PortablePdbWriterProvider() });
        references.Add(module, assembly);
        (woven.Position, wovenSymbols.Position) = (0, 0);
        return (woven, wovenSymbols);
    }

    private static bool IsCompilersOwn(TypeDefinition type) =>
        type.Name.StartsWith(CompilersOwn, StringComparison.Ordinal) || (type.DeclaringType is { } outer && IsCompilersOwn(outer));
}

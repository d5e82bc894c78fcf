using System.Diagnostics.Tracing;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Vilt.Kernel.Tests.ReadyToRun;

/// <summary>Hears which methods the runtime compiles in this process, and writes those of Roslyn as a profile for crossgen2.</summary>
internal sealed class CompiledMethods : EventListener
{
    /// <summary>The profile's method that names the lists, one for each assembly.</summary>
    public const string Entry = "AssemblyDictionary";

    private const EventKeywords JustInTime = (EventKeywords)0x10;
    private static readonly string[] Assemblies =
        ["", ".CSharp", ".Scripting", ".CSharp.Scripting", ".Workspaces", ".CSharp.Workspaces", ".Features", ".CSharp.Features"];

    private readonly HashSet<(string Type, string Method)> heard = [];

    /// <summary>Writes a "mibc" file as dotnet-pgo does: an assembly whose methods load the tokens of the methods to compile.</summary>
    public void Write(string path)
    {
        using var profile = ModuleDefinition.CreateModule("roslyn", ModuleKind.Dll);
        var module = profile.Types.First(type => type.Name == "<Module>");
        var entry = Add(module, Entry);
        foreach (var name in Assemblies.Select(suffix => "Microsoft.CodeAnalysis" + suffix))
        {
            using var assembly = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
            var list = Add(module, "Assemblies_" + name);
            foreach (var method in assembly.GetTypes().SelectMany(type => type.Methods).Where(IsHeard))
            {
                list.Emit(OpCodes.Ldtoken, profile.ImportReference(method));
                list.Emit(OpCodes.Pop);
            }

            list.Emit(OpCodes.Ret);
            entry.Emit(OpCodes.Ldstr, name + ";");
            entry.Emit(OpCodes.Ldtoken, list.Body.Method);
            entry.Emit(OpCodes.Pop);
        }

        entry.Emit(OpCodes.Ret);
        profile.Write(path);
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, JustInTime);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is { PayloadNames: { } names, Payload: { } values } && eventData.EventName!.StartsWith("MethodLoadVerbose", StringComparison.Ordinal))
        {
            lock (heard)
            {
                heard.Add(($"{values[names.IndexOf("MethodNamespace")]}", $"{values[names.IndexOf("MethodName")]}"));
            }
        }
    }

    private static ILProcessor Add(TypeDefinition module, string name)
    {
        var method = new MethodDefinition(name, MethodAttributes.Public | MethodAttributes.Static, module.Module.TypeSystem.Void);
        module.Methods.Add(method);
        return method.Body.GetILProcessor();
    }

    /// <summary>Generic code depends on its types' own assemblies, and is compiled where it is used.</summary>
    private bool IsHeard(MethodDefinition method)
    {
        lock (heard)
        {
            return method.HasBody && !method.HasGenericParameters && !method.DeclaringType.HasGenericParameters
                && heard.Contains((method.DeclaringType.FullName.Replace('/', '+'), method.Name));
        }
    }
}

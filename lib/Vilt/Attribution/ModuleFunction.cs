using System.Reflection;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module;

namespace Vilt.Attribution;

/// <summary>A module's <c>call</c> (so that hooks run) as a function of a list of tensors, with the names of its parameters.</summary>
internal sealed class ModuleFunction
{
    private readonly Module module;
    private readonly MethodInfo call;

    internal ModuleFunction(Module module)
    {
        var type = HookableType(module)
            ?? throw new ArgumentException($"{module.GetType().Name} derives from none of TorchSharp's Module<…> classes: its parameters are unknown.");
        // The class that names the parameters' types is the one right below HookableModule.
        type = BaseTypes(module).First(candidate => candidate.BaseType == type);
        this.module = module;
        call = type.GetMethod("call")!;
        Type[] parameters = [.. call.GetParameters().Select(parameter => parameter.ParameterType)];
        if (call.ReturnType != typeof(Tensor) || parameters.Any(parameter => parameter != typeof(Tensor)))
        {
            throw new ArgumentException(
                $"{module.GetType().Name} maps ({string.Join(", ", parameters.Select(p => p.Name))}) to {call.ReturnType.Name}: " +
                "wrap it in a module whose forward takes tensors and returns the tensor to explain, such as the logits.");
        }

        ParameterNames = [.. module.GetType().GetMethod("forward", parameters)!.GetParameters().Select(parameter => parameter.Name!)];
    }

    /// <summary>The names in the module's own <c>forward</c>.</summary>
    internal IReadOnlyList<string> ParameterNames { get; }

    /// <summary>TorchSharp's <c>HookableModule&lt;,&gt;</c> that the module derives from, if any.</summary>
    internal static Type? HookableType(Module module) => BaseTypes(module)
        .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(HookableModule<,>));

    /// <summary>Calls the module; parameters without an input are null.</summary>
    internal Tensor Invoke(IReadOnlyList<Tensor?> inputs)
    {
        if (inputs.Count > ParameterNames.Count)
        {
            throw new ArgumentException(
                $"{inputs.Count} inputs for {module.GetType().Name}, whose forward takes {ParameterNames.Count}: {string.Join(", ", ParameterNames)}.");
        }

        var arguments = new object?[ParameterNames.Count];
        for (var i = 0; i < inputs.Count; i++)
        {
            arguments[i] = inputs[i];
        }

        return (Tensor)call.Invoke(module, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;
    }

    private static IEnumerable<Type> BaseTypes(Module module)
    {
        for (var type = module.GetType(); type is not null; type = type.BaseType)
        {
            yield return type;
        }
    }
}

using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module;

namespace Vilt.Attribution;

/// <summary>Sees, and may replace, the tensors of one layer: its inputs (onInput), or its outputs.</summary>
internal delegate IReadOnlyList<Tensor> LayerHook(int layer, IReadOnlyList<Tensor> tensors);

/// <summary>A hook on each of some layers, until disposed. Layers may take and return any number of tensors.</summary>
internal sealed class LayerHooks : IDisposable
{
    // The hook's type depends on what a layer takes and gives, so a lambda is compiled for each type: once, since that takes a millisecond
    // and hooks come and go with each pass.
    private static readonly ConcurrentDictionary<(Type HookType, bool OnInput), Func<Func<object?, object?>, Delegate>> Typed = new();

    private readonly List<Action> removals = [];

    internal LayerHooks(IReadOnlyList<Module> layers, bool onInput, LayerHook hook)
    {
        try
        {
            for (var i = 0; i < layers.Count; i++)
            {
                var layer = i;
                removals.Add(Attach(layers[i], onInput, tensors => hook(layer, tensors)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var remove in removals)
        {
            remove();
        }

        removals.Clear();
    }

    private static Action Attach(Module layer, bool onInput, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> hook)
    {
        var hookable = ModuleFunction.HookableType(layer)
            ?? throw new ArgumentException($"{layer.GetType().Name} derives from none of TorchSharp's Module<…> classes, so it has no hooks.");
        var hookType = hookable.GetGenericArguments()[onInput ? 0 : 1];
        var typedHook = Typed.GetOrAdd((hookType, onInput), Compile)(given => Replace(given, hook));
        var register = onInput ? nameof(Module<,>.register_forward_pre_hook) : nameof(Module<,>.register_forward_hook);
        var remover = hookable.GetMethod(register, [hookType])!.Invoke(layer, [typedHook])!;
        return () => remover.GetType().GetMethod("remove")!.Invoke(remover, null);
    }

    /// <summary>From what replaces a value to a hook of the layer's type, which is also given the layer and, after the pass, its inputs.</summary>
    private static Func<Func<object?, object?>, Delegate> Compile((Type HookType, bool OnInput) hook)
    {
        var invoke = hook.HookType.GetMethod("Invoke")!;
        ParameterExpression[] parameters = [.. invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))];
        var value = hook.OnInput ? InputOf(parameters[1..]) : parameters[^1];
        var replace = Expression.Parameter(typeof(Func<object?, object?>));
        var replaced = Expression.Invoke(replace, Expression.Convert(value, typeof(object)));
        var typed = Expression.Lambda(hook.HookType, Expression.Convert(replaced, invoke.ReturnType), parameters);
        return Expression.Lambda<Func<Func<object?, object?>, Delegate>>(typed, replace).Compile();
    }

    private static Expression InputOf(ParameterExpression[] inputs)
    {
        if (inputs.Length == 1)
        {
            return inputs[0];
        }

        Type[] types = [.. inputs.Select(input => input.Type)];
        return Expression.Call(typeof(ValueTuple), nameof(ValueTuple.Create), types, inputs);
    }

    private static object? Replace(object? value, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> hook) => value switch
    {
        null => null,
        Tensor tensor => hook([tensor])[0],
        ITuple tuple => ReplaceItems(tuple, hook),
        _ => throw new ArgumentException($"The layer's value is a {value.GetType().Name}: only tensors and tuples of tensors can be attributed to."),
    };

    // Items that are not tensors, such as a mask that was not given, stay as they are.
    private static object ReplaceItems(ITuple tuple, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> hook)
    {
        object?[] items = [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])];
        var replacements = new Queue<Tensor>(hook([.. items.OfType<Tensor>()]));
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] is Tensor)
            {
                items[i] = replacements.Dequeue();
            }
        }

        return Activator.CreateInstance(tuple.GetType(), items)!;
    }
}

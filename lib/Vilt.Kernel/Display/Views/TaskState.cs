namespace Vilt.Kernel.Display.Views;

/// <summary>A task or an asynchronous sequence on one line: what it is, how far it is, and that <c>await</c> gives its value.</summary>
internal static class TaskState
{
    /// <summary>Describes one.</summary>
    /// <returns>Null for anything else.</returns>
    public static string? Of(object value) => value switch
    {
        Task task => Describe(NameOf(task.GetType()), task.Status, HasValue(task.GetType())),
        ValueTask => Describe("ValueTask", StatusOf(value), hasValue: false),
        _ when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>) =>
            Describe(TypeNames.Of(type), StatusOf(value), hasValue: true),
        not System.Collections.IEnumerable when SequenceOf(value.GetType()) is { } sequence =>
            $"{TypeNames.Of(sequence)} (write await foreach to get its items)",
        _ => null,
    };

    private static TaskStatus StatusOf(object valueTask)
    {
        bool Is(string property) => (bool)valueTask.GetType().GetProperty(property)!.GetValue(valueTask)!;
        return Is("IsCompletedSuccessfully") ? TaskStatus.RanToCompletion
            : Is("IsFaulted") ? TaskStatus.Faulted : Is("IsCanceled") ? TaskStatus.Canceled : TaskStatus.WaitingForActivation;
    }

    private static string Describe(string name, TaskStatus status, bool hasValue)
    {
        var state = status switch
        {
            TaskStatus.RanToCompletion => "completed",
            TaskStatus.Faulted => "failed",
            TaskStatus.Canceled => "canceled",
            TaskStatus.Created => "not started",
            _ => "running",
        };
        return $"{name} ({state}; write await before it to {(hasValue ? "get its value" : "wait for its end")})";
    }

    private static Type? SequenceOf(Type type) => type.GetInterfaces().FirstOrDefault(
        contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));

    private static string NameOf(Type type) => GenericTaskOf(type) is { } task ? TypeNames.Of(task) : "Task";

    private static bool HasValue(Type type) => GenericTaskOf(type) is not null;

    /// <summary>The type that the cell's author knows. The compiler derives its own from it.</summary>
    private static Type? GenericTaskOf(Type? type)
    {
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)))
        {
            type = type.BaseType;
        }

        return type is null || type.GetGenericArguments()[0].Name == "VoidTaskResult" ? null : type; // An async Task has one inside.
    }
}

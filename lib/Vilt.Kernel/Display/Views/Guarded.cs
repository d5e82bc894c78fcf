namespace Vilt.Kernel.Display.Views;

/// <summary>Calls code of a value's own type while it is shown: an exception spoils its own place, not the whole output.</summary>
internal static class Guarded
{
    /// <summary>Returns what the code returns, or a text for what it throws.</summary>
    public static T Get<T>(Func<T> code, Func<string, T> spoiled)
    {
        try
        {
            return code();
        }
        catch (Exception exception) when (IsOfValue(exception))
        {
            return spoiled(Describe(exception));
        }
    }

    /// <summary>Whether an exception is the value's own, and not an interrupt of the cell.</summary>
    public static bool IsOfValue(Exception exception) => exception is not (OperationCanceledException or ThreadInterruptedException);

    /// <summary>An exception's message; its type where the message, which may be code of the user's too, throws.</summary>
    public static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception)
        {
            return exception.GetType().Name;
        }
    }

    private static string Describe(Exception exception)
    {
        var (name, message) = (exception.GetType().Name, MessageOf(exception));
        return message == name ? name : $"{name}: {message}";
    }
}

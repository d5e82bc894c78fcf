using Microsoft.AspNetCore.Http;

namespace Vilt.Explorer.Access;

/// <summary>Answers requests that are refused, and those that fail, with what is wrong as JSON.</summary>
internal static class Refusals
{
    /// <summary>The middleware.</summary>
    public static async Task Answer(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status400BadRequest) // the framework tells only the status
            {
                await TellAsync(context, context.Response.StatusCode, Message(context.Response.StatusCode));
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            var (status, message) = Of(error);
            await TellAsync(context, status, message);
        }
    }

    private static Task TellAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = message }, context.RequestAborted);
    }

    private static string Message(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => "The request is too large.",
        StatusCodes.Status404NotFound => "There is no such page.",
        _ => $"The request is not as expected ({status}).",
    };

    private static (int Status, string Message) Of(Exception error) => error switch
    {
        Refusal refusal => (refusal.Status, refusal.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, Message(StatusCodes.Status413PayloadTooLarge)),
        BadHttpRequestException bad => (bad.StatusCode, "The request is not as expected: " + bad.Message),
        OperationCanceledException => (StatusCodes.Status503ServiceUnavailable, "The server ends."),
        ArgumentException or InvalidDataException or IOException or InvalidOperationException => (StatusCodes.Status400BadRequest, error.Message),
        _ => (StatusCodes.Status500InternalServerError, $"This failed unexpectedly: {error.GetType().Name}: {error.Message}"),
    };
}

using System.Text.Json;
using Vilt.Kernel.Display;
using Vilt.Kernel.Protocol;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Handlers;

/// <summary>Evaluates the expressions that a front end wants to know after a cell.</summary>
internal static class UserExpressions
{
    /// <returns>An <see cref="ExpressionValue"/> or an <see cref="ErrorReply"/> for each name.</returns>
    public static async Task<IReadOnlyDictionary<string, object>> EvaluateAsync(
        CSharpEngine engine, Cell cell, IReadOnlyDictionary<string, string>? expressions, CancellationToken cancellation)
    {
        var values = new Dictionary<string, object>();
        foreach (var (name, expression) in expressions ?? new Dictionary<string, string>())
        {
            MimeBundle? value = null;
            void Keep(CellOutput output) => value = (output as ExecuteResult)?.Bundle ?? value;
            var error = await engine.RunAsync(cell with { Code = expression }, Keep, cancellation);
            values[name] = error is null
                ? new ExpressionValue(value?.Data ?? new Dictionary<string, JsonElement>())
                : new ErrorReply(error.Name, error.Message, error.Traceback);
        }

        return values;
    }
}

namespace Vilt.Attribution;

/// <summary>
/// A way to give each value of inputs, or of layers, its share in a chosen output (captum's <c>Attribution</c>). What is particular to a
/// method, such as the steps of a path, is set where it is made, so that code that measures or compares methods calls them all the same
/// way.
/// </summary>
/// <remarks>
/// Every method leaves the model as it was: its parameters and their gradients, its modes and its hooks. Of the tensors that it makes,
/// only those of the result are left.
/// </remarks>
/// <example>
/// <code>
/// IAttributionMethod method = new IntegratedGradients(model) { Steps = PathSteps.Fixed(30) };
/// using var result = method.Attribute(new([pixelValues]) { Target = 3 });
/// </code>
/// </example>
public interface IAttributionMethod
{
    /// <summary>Attributes the chosen output.</summary>
    /// <param name="arguments">The inputs, what they are compared with, and the output to explain.</param>
    /// <returns>Attributions in the order of the inputs or of the method's layers, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">Arguments that don't fit each other, the method or the output.</exception>
    /// <exception cref="InvalidOperationException">
    /// The output does not depend on what it is to be attributed to, or is NaN or infinite.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    AttributionResult Attribute(AttributionArguments arguments);
}

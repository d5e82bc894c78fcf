namespace Vilt.Kernel.Display;

/// <summary>Asks for a line of text and waits for it.</summary>
/// <param name="prompt">What to ask; may be empty.</param>
/// <param name="password">Whether the line is to be hidden as it is typed.</param>
/// <returns>The line, without its end.</returns>
/// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
public delegate string InputSource(string prompt, bool password);

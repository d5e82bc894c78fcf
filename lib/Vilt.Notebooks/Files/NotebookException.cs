namespace Vilt.Notebooks.Files;

/// <summary>A notebook file can't be used. The message names the file, what is wrong in it and what was expected.</summary>
public sealed class NotebookException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that starts with the file.</param>
    public NotebookException(string path, string problem)
        : base($"{path} {problem}")
    {
    }
}

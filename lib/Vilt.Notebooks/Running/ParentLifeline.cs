namespace Vilt.Notebooks.Running;

/// <summary>A child's end of the pipe on its standard input: it closes when the parent ends, however that happens.</summary>
internal static class ParentLifeline
{
    /// <summary>Has this process and its children end with the one that started it. Standard input can't be read from now on.</summary>
    public static void Hold()
    {
        var input = Console.OpenStandardInput();
        Console.SetIn(TextReader.Null);
        // On Ctrl+C the terminal may signal this process too; the parent ends it when it has written what it has.
        Console.CancelKeyPress += (_, e) => e.Cancel = true;
        new Thread(() =>
        {
            while (input.ReadByte() >= 0)
            {
            }

            ProcessFamily.EndOwn();
        })
        { IsBackground = true }.Start();
    }
}

namespace Vilt.Notebooks.Running;

/// <summary>A child's end of the pipe that its standard input is: it ends when the parent does, however that ends.</summary>
internal static class ParentLifeline
{
    /// <summary>Has this process and its children end with the one that started it. Nobody reads input here from now on.</summary>
    public static void Hold()
    {
        var input = Console.OpenStandardInput();
        Console.SetIn(TextReader.Null);
        // On Ctrl+C the terminal may signal this process too; the parent ends it when it has written what there is.
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

namespace Vilt.Notebooks.Commands;

/// <summary>The program's exit statuses.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int WrongUse = 2;
    public const int Interrupted = 130; // 128 + SIGINT, as shells have it.
}

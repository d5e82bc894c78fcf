namespace Vilt.Notebooks.Commands;

/// <summary>The program's exit statuses.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int WrongUse = 2;
    public const int ComeAgain = 75; // EX_TEMPFAIL of sysexits.h
    public const int Interrupted = 130; // 128 + SIGINT, as in shells.
    public const int Terminated = 143; // 128 + SIGTERM

    /// <summary>What they mean, for the help.</summary>
    public const string Meanings = "Exit status: 0 done; 1 failed; 2 wrong usage, so trying again won't help; 75 stopped by SIGUSR1, "
        + "130 by SIGINT, 143 by SIGTERM: what was done is kept, and the same command continues.";
}

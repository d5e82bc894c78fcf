namespace Vilt.Kernel.Tests.Supervision;

/// <summary>Signals that this program was started to ignore, and so does what it starts: HUP by nohup, INT by a shell's <c>&amp;</c>.</summary>
internal static class IgnoredSignals
{
    public static bool Has(int signal)
    {
        const string Field = "SigIgn:", Status = "/proc/self/status"; // Linux's: a bit for each signal, from 1 on
        var ignored = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) : null;
        return ignored is not null && (Convert.ToUInt64(ignored[Field.Length..].Trim(), 16) >> (signal - 1) & 1) == 1;
    }
}

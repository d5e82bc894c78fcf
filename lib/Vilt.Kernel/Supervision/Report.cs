using System.Text.Json;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Supervision;

/// <summary>The lines by which the kernel's process tells its supervisor what it does.</summary>
internal static class Report
{
    public const string Idle = "idle";

    /// <summary>The process is about to end as it was asked to.</summary>
    public const string Goodbye = "goodbye";

    public static string Of(RunningCell cell) => JsonSerializer.Serialize(cell, ProtocolJson.Default.RunningCell);

    public static RunningCell? Read(string line) =>
        line is Idle or Goodbye ? null : JsonSerializer.Deserialize(line, ProtocolJson.Default.RunningCell);
}

namespace Vilt.Training;

/// <summary>The memory that this process can still have.</summary>
internal static class FreeMemory
{
    /// <summary>What is free on the machine, or in the container or job (cgroup) if that has less.</summary>
    public static long Bytes()
    {
        GC.Collect(); // which looks at the memory
        var memory = GC.GetGCMemoryInfo();
        return Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes);
    }
}

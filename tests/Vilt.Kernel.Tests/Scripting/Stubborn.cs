namespace Vilt.Kernel.Tests.Scripting;

/// <summary>A call that no interrupt ends, as native code: it neither comes from a cell nor waits.</summary>
public static class Stubborn
{
    private static volatile bool ended;

    public static void Run()
    {
        while (!ended)
        {
            Thread.SpinWait(100);
        }
    }

    public static void End() => ended = true;
}

namespace Vilt.Kernel.Protocol;

/// <summary>The error that a cell shows.</summary>
internal sealed record ErrorContent(string Ename, string Evalue, IReadOnlyList<string> Traceback);

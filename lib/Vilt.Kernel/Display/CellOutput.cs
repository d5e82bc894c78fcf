namespace Vilt.Kernel.Display;

/// <summary>Something a cell puts out. A host gets them in the order in which they happened.</summary>
public abstract record CellOutput;

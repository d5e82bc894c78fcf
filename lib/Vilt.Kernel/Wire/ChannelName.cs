namespace Vilt.Kernel.Wire;

/// <summary>The channels that carry messages.</summary>
internal enum ChannelName
{
    Shell,
    Control,
    Stdin,
    Iopub,
}

namespace Vilt.Kernel.Protocol;

/// <summary>Tells a new subscriber that it hears the kernel.</summary>
internal sealed record IopubWelcome(string Subscription);

namespace Vilt.Kernel.Protocol;

/// <summary>An entry of the front end's help menu.</summary>
internal sealed record HelpLink(string Text, string Url);

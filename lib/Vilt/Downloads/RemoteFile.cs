namespace Vilt.Downloads;

/// <summary>A file on a server, and what is known of it beforehand.</summary>
/// <param name="Request">How to ask for it.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="Size">Its bytes, if that is known.</param>
/// <param name="Hash">Its hash, if that is known.</param>
internal sealed record RemoteFile(WebRequest Request, string Name, long? Size = null, ContentHash? Hash = null);

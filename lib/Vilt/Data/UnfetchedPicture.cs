namespace Vilt.Data;

/// <summary>A picture that could not be had.</summary>
/// <param name="ImageId">Its COCO image id.</param>
/// <param name="Reason">Why.</param>
public sealed record UnfetchedPicture(long ImageId, string Reason);

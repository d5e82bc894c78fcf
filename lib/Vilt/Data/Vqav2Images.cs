namespace Vilt.Data;

/// <summary>Which pictures of VQAv2 to fetch.</summary>
public enum Vqav2Images
{
    /// <summary>None: those in the folder are all there are.</summary>
    None,

    /// <summary>Each by itself, when it is first asked for (<see cref="ImageIndex"/>).</summary>
    Needed,

    /// <summary>All of the split in one file of many gigabytes.</summary>
    All,
}

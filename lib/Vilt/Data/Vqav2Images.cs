namespace Vilt.Data;

/// <summary>Which pictures of VQAv2 to fetch.</summary>
public enum Vqav2Images
{
    /// <summary>None; only those already in the folder are used.</summary>
    None,

    /// <summary>Each one when it is first asked for (<see cref="ImageIndex"/>).</summary>
    Needed,

    /// <summary>All of the split in one file of many gigabytes.</summary>
    All,
}

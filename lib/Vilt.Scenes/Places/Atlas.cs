namespace Vilt.Scenes.Places;

/// <summary>All places, in the order of the answer list.</summary>
internal static class Atlas
{
    public static readonly IReadOnlyList<Place> All =
        [ZooPlace.Place, Farm.Place, Forest.Place, Beach.Place, Snow.Place, Street.Place, Desert.Place, Field.Place];
}

using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Composition;

/// <summary>The area in which a place and its distractors are set up: its size, its horizon and what is there already.</summary>
internal sealed class Stage(SeededRandom random, float width, float height, float horizon, IEnumerable<Box> animals)
{
    private const int Tries = 16;
    private readonly List<Box> taken = [.. animals];

    public SeededRandom Random => random;

    public float Width => width;

    public float Height => height;

    /// <summary>The y at which the ground begins.</summary>
    public float Horizon => horizon;

    /// <summary>
    /// Takes the least covered of some random spots, for a thing whose foot is between the two given y.
    /// </summary>
    public Box Take(float thingWidth, float thingHeight, float highestFoot, float lowestFoot)
    {
        Box best = default;
        var leastOverlap = float.PositiveInfinity;
        for (var i = 0; i < Tries && leastOverlap > 0; i++)
        {
            var foot = random.Between(highestFoot, lowestFoot);
            var spot = new Box(random.Between(1, width - thingWidth - 1), foot - thingHeight, thingWidth, thingHeight);
            var overlap = taken.Sum(spot.Overlap);
            (best, leastOverlap) = overlap < leastOverlap ? (spot, overlap) : (best, leastOverlap);
        }

        Take(best);
        return best;
    }

    public void Take(Box spot) => taken.Add(spot);

    /// <summary>Whether a spot is free of everything taken before it.</summary>
    public bool IsFree(Box spot) => taken.All(other => spot.Overlap(other) == 0);
}

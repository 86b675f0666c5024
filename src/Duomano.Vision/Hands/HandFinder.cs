using System.Numerics;

namespace Duomano.Vision.Hands;

/// <summary>
/// Finds hands in a single picture: palms are looked for in all of it and, larger, in overlapping squares of it, since hands at a keyboard that is
/// filmed whole are too small for the detector; every palm is followed to its points twice, and what is one hand is told once. Not for several threads at once.
/// </summary>
public sealed class HandFinder
{
    // Sides of the squares, times the picture's breadth; they lie half a side apart.
    private static readonly float[] Squares = [0.5f, 0.33f];

    // How likely palms, and then hands, have to be.
    private const float LeastPalm = 0.4f, LeastHand = 0.8f;

    // Hands whose middles are nearer than this share of their size are one.
    private const float Apart = 0.4f;

    private readonly PalmDetector _palms;
    private readonly HandLandmarkNetwork _hands;

    /// <summary>Makes one.</summary>
    /// <param name="palms">What finds palms.</param>
    /// <param name="hands">What finds a hand's points.</param>
    public HandFinder(PalmDetector palms, HandLandmarkNetwork hands)
    {
        ArgumentNullException.ThrowIfNull(palms);
        ArgumentNullException.ThrowIfNull(hands);
        (_palms, _hands) = (palms, hands);
    }

    /// <summary>Looks for hands.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="more">Further regions in which palms are looked for, such as along a keyboard; null for none.</param>
    /// <returns>Hands, the likeliest first.</returns>
    public IReadOnlyList<HandLandmarks> Find(Picture picture, IReadOnlyList<HandRegion>? more = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var seen = new List<HandLandmarks>();
        foreach (var palm in Regions(picture).Concat(more ?? []).SelectMany(region => _palms.Find(picture, region, LeastPalm)))
        {
            var hand = _hands.Find(picture, palm.Region);
            if (hand.Presence < LeastHand) continue;
            // The points tell better than the palm where to look.
            hand = _hands.Find(picture, HandRegion.Around(hand.Points));
            if (hand.Presence >= LeastHand) seen.Add(hand);
        }

        var found = new List<HandLandmarks>();
        foreach (var hand in seen.OrderByDescending(hand => hand.Presence))
        {
            if (found.TrueForAll(other => Vector2.Distance(other.Middle, hand.Middle) > Apart * hand.Size)) found.Add(hand);
        }

        return found;
    }

    private static IEnumerable<HandRegion> Regions(Picture picture)
    {
        yield return new(new Vector2(picture.Width, picture.Height) / 2, Math.Max(picture.Width, picture.Height), 0);
        foreach (var share in Squares)
        {
            var size = share * picture.Width;
            foreach (var y in Along(picture.Height, size))
            {
                foreach (var x in Along(picture.Width, size)) yield return new(new(x, y), size, 0);
            }
        }
    }

    // Middles of squares from one edge to the other; one in the middle where the picture is narrower.
    private static IEnumerable<float> Along(int length, float size)
    {
        if (length <= size) return [length / 2f];
        var steps = (int)MathF.Ceiling((length - size) / (size / 2));
        return Enumerable.Range(0, steps + 1).Select(i => size / 2 + (length - size) * i / steps);
    }
}

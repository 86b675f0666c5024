using Duomano.Core.Hands;

namespace Duomano.Vision.Hands;

/// <summary>Tells which followed hands are left and which are right: each by what it looks like over all of its time, and by what the other hand is.</summary>
public static class TrackSides
{
    // Tracks shorter than this are mistakes where they contradict longer ones, and alone where they are shorter still, frames.
    private const int Short = 3;

    // A track that shares more of its frames than this with another one of its side cannot be of that side.
    private const double MostShared = 0.2;

    /// <summary>Sorts what was followed.</summary>
    /// <param name="frames">What was seen in each frame.</param>
    /// <returns>The left and the right hand in each frame; null where it was not seen.</returns>
    public static IReadOnlyList<PerHand<HandLandmarks?>> Sort(IReadOnlyList<IReadOnlyList<TrackedHand>> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var tracks = new Dictionary<int, Track>();
        for (var frame = 0; frame < frames.Count; frame++)
        {
            foreach (var hand in frames[frame])
            {
                if (!tracks.TryGetValue(hand.Track, out var track)) tracks[hand.Track] = track = new();
                track.Frames.Add(frame);
                track.Evidence += Logit(hand.Hand.Rightness) * hand.Hand.Presence;
            }
        }

        // Those that were followed longest first: what comes later gives way.
        PerHand<HashSet<int>> taken = new([], []);
        foreach (var track in tracks.Values.OrderByDescending(track => Math.Abs(track.Evidence)))
        {
            if (track.Frames.Count < Short) continue;
            var side = track.Evidence > 0 ? HandSide.Right : HandSide.Left;
            if (Shared(track, taken[side]) > MostShared) side = side.Other();
            if (Shared(track, taken[side]) > MostShared) continue;
            track.Side = side;
            taken[side].UnionWith(track.Frames);
        }

        var sorted = new PerHand<HandLandmarks?>[frames.Count];
        for (var frame = 0; frame < frames.Count; frame++)
        {
            // Where two of a side overlap for a moment, the likelier one is seen.
            HandLandmarks? Of(HandSide side) => frames[frame].Where(hand => tracks[hand.Track].Side == side).Select(hand => hand.Hand).MaxBy(hand => hand.Presence);
            sorted[frame] = new(Of(HandSide.Left), Of(HandSide.Right));
        }

        return sorted;
    }

    private static double Shared(Track track, HashSet<int> taken) => track.Frames.Count(taken.Contains) / (double)track.Frames.Count;

    private static double Logit(float share)
    {
        var bounded = Math.Clamp(share, 0.02, 0.98);
        return Math.Log(bounded / (1 - bounded));
    }

    private sealed class Track
    {
        public List<int> Frames { get; } = [];

        // The sum of log odds of its being a right hand.
        public double Evidence { get; set; }

        public HandSide? Side { get; set; }
    }
}

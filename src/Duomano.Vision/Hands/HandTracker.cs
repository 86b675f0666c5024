using System.Numerics;

namespace Duomano.Vision.Hands;

/// <summary>A hand in a frame of a video.</summary>
/// <param name="Track">Number of the unbroken stretch of time in which it was followed.</param>
/// <param name="Hand">Its points.</param>
public readonly record struct TrackedHand(int Track, HandLandmarks Hand);

/// <summary>
/// Follows up to two hands through a video: where a hand was a moment ago it is looked for again, and only where one is missing palms are looked for,
/// as MediaPipe's hand tracking does it (Zhang et al. 2020). Not for several threads at once; it uses two of its own.
/// </summary>
public sealed class HandTracker : IDisposable
{
    // How likely a hand is that is still followed, and one that is new.
    private const float LeastFollowed = 0.5f, LeastNew = 0.75f, LeastPalm = 0.4f;

    // Two hands whose middles are nearer than this share of their size are one.
    private const float Apart = 0.35f;

    // Frames between two searches while a hand is missing, and for how many frames a place is tried again where one was lost.
    private const int SearchEvery = 6, Retries = 3;

    // Hands do not grow or shrink by more than this from the size that they had in the mean.
    private const float Growth = 1.6f;

    private readonly PalmDetector _palms;
    private readonly HandLandmarkNetwork[] _networks;
    private readonly List<Followed> _followed = [];
    private int _sinceSearch = SearchEvery;
    private int _tracks;

    /// <summary>Makes the networks ready.</summary>
    /// <param name="threads">Threads in all; from two on, both hands are looked at at once.</param>
    public HandTracker(int threads)
    {
        _palms = new(BundledNetworks.Palms(), Math.Max(1, threads));
        _networks = [.. Enumerable.Range(0, 2).Select(_ => new HandLandmarkNetwork(BundledNetworks.Landmarks(), Math.Max(1, threads / 2)))];
        IsParallel = threads > 1;
    }

    private bool IsParallel { get; }

    /// <summary>Looks at the next frame.</summary>
    /// <param name="picture">The frame.</param>
    /// <param name="regions">Squares in which palms are looked for where a hand is missing.</param>
    /// <returns>The hands that are seen, none, one or two.</returns>
    public IReadOnlyList<TrackedHand> Next(Picture picture, IReadOnlyList<HandRegion> regions)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(regions);
        Follow(picture);
        _sinceSearch++;
        if (_followed.Count(hand => hand.Missed == 0) < 2 && _sinceSearch >= SearchEvery)
        {
            Search(picture, regions);
            _sinceSearch = 0;
        }

        return [.. _followed.Where(hand => hand.Missed == 0).Select(hand => new TrackedHand(hand.Track, hand.Last))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _palms.Dispose();
        foreach (var network in _networks) network.Dispose();
    }

    private void Follow(Picture picture)
    {
        void Look(int i)
        {
            var hand = _followed[i];
            var seen = _networks[i].Find(picture, HandRegion.Around(hand.Expected));
            hand.Take(seen, seen.Presence >= LeastFollowed && IsPlausible(seen, hand.Size));
        }

        if (IsParallel && _followed.Count > 1) Parallel.For(0, _followed.Count, Look);
        else for (var i = 0; i < _followed.Count; i++) Look(i);
        if (_followed is [{ Missed: 0 } first, { Missed: 0 } second] && AreOne(first.Last, second.Last))
        {
            // The one that came from farther away has slipped onto the other.
            _followed.Remove(first.Leap > second.Leap ? first : second);
        }

        _followed.RemoveAll(hand => hand.Missed > Retries);
    }

    private void Search(Picture picture, IReadOnlyList<HandRegion> regions)
    {
        var found = new List<HandLandmarks>();
        foreach (var palm in regions.SelectMany(region => _palms.Find(picture, region, LeastPalm)))
        {
            if (_followed.Exists(hand => hand.Missed == 0 && Vector2.Distance(hand.Last.Middle, palm.Centre) < Apart * hand.Size)) continue;
            if (found.Exists(other => Vector2.Distance(other.Middle, palm.Centre) < Apart * other.Size)) continue;
            var hand = _networks[0].Find(picture, palm.Region);
            if (hand.Presence < LeastFollowed) continue;
            // The points tell better than the palm where to look.
            hand = _networks[0].Find(picture, HandRegion.Around(hand.Points));
            if (hand.Presence < LeastNew || found.Exists(other => AreOne(other, hand)) || _followed.Exists(other => other.Missed == 0 && AreOne(other.Last, hand))) continue;
            found.Add(hand);
        }

        foreach (var hand in found.OrderByDescending(hand => hand.Presence))
        {
            // What was lost is found again here or elsewhere.
            if (_followed.Count == 2 && _followed.Find(other => other.Missed > 0) is { } lost) _followed.Remove(lost);
            if (_followed.Count < 2) _followed.Add(new(_tracks++, hand));
        }
    }

    private static bool IsPlausible(HandLandmarks hand, float size) => hand.Size > size / Growth && hand.Size < size * Growth;

    private static bool AreOne(HandLandmarks a, HandLandmarks b) => Vector2.Distance(a.Middle, b.Middle) < Apart * MathF.Max(a.Size, b.Size);

    private sealed class Followed(int track, HandLandmarks first)
    {
        // How much of the mean size comes from the last frame.
        private const float Renewal = 0.05f;

        private HandLandmarks? _before;

        public int Track { get; } = track;

        public HandLandmarks Last { get; private set; } = first;

        public float Size { get; private set; } = first.Size;

        public int Missed { get; private set; }

        // How far it went in the last frame, hand sizes.
        public float Leap { get; private set; }

        // Half of the last step further: hands neither stop at once nor go on for sure.
        public Vector2[] Expected => _before is null || Missed > 0 ? Last.Points : [.. Last.Points.Zip(_before.Points, (now, before) => now + (now - before) / 2)];

        public void Take(HandLandmarks hand, bool isSeen)
        {
            if (!isSeen)
            {
                Missed++;
                _before = null;
                return;
            }

            Leap = Vector2.Distance(hand.Middle, Last.Middle) / Size;
            _before = Missed == 0 ? Last : null;
            Last = hand;
            Size += Renewal * (hand.Size - Size);
            Missed = 0;
        }
    }
}

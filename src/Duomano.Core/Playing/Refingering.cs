using System.Numerics;
using Duomano.Core.Fingering;

namespace Duomano.Core.Playing;

/// <summary>Finds a finger for a key that has none, or whose own is busy.</summary>
internal static class Refingering
{
    // A finger that has played, or will play, within this time is busy, seconds.
    private const double Busy = 0.1;

    // Strokes this long before or after tell where the hand is, seconds.
    private const double Around = 0.5;
    private const double Together = 0.05;

    // Metres of stretch that a hold that must be rolled, and a thumb on a black key, are worth.
    private const double Unheld = 1;
    private const double ThumbOnBlack = 0.006;

    /// <summary>Gives the keys of a chord that have no finger those, in order, that lie nearest to them; the others keep theirs.</summary>
    /// <param name="chord">Strokes of one moment.</param>
    /// <param name="posture">The hand at rest.</param>
    /// <returns>False if there are too many keys, or no fingers go in between those that are given.</returns>
    public static bool Refinger(IReadOnlyList<Stroke> chord, NaturalPosture posture)
    {
        if (chord.Count > 5) return false;
        Stroke[] ordered = [.. chord.OrderBy(stroke => stroke.Place.X)];
        var (best, least) = (new Finger[ordered.Length], double.PositiveInfinity);
        for (var set = 1; set < 32; set++)
        {
            Finger[] fingers = [.. posture.Fingers.Where(finger => (set >> ((int)finger - 1) & 1) == 1)];
            if (BitOperations.PopCount((uint)set) != fingers.Length || fingers.Length != ordered.Length || ordered.Where((stroke, i) => stroke.Note.Finger is { } given && given != fingers[i]).Any()) continue;
            var cost = 0.0;
            for (var i = 1; i < fingers.Length; i++)
            {
                var natural = posture.Pad(fingers[i]).X - posture.Pad(fingers[i - 1]).X;
                cost += Math.Abs(ordered[i].Place.X - ordered[i - 1].Place.X - natural);
            }

            if (fingers[0] == Finger.Thumb && ordered[0].Place.IsBlack) cost += ThumbOnBlack;
            if (cost < least) (best, least) = (fingers, cost);
        }

        if (double.IsPositiveInfinity(least)) return false;
        for (var i = 0; i < ordered.Length; i++) ordered[i].Refinger(best[i]);
        return true;
    }

    /// <summary>The finger that is free and nearest to the key from where the hand is; null if there is none.</summary>
    /// <param name="stroke">The stroke that wants a finger; its own does not count.</param>
    /// <param name="strokes">The hand's strokes.</param>
    /// <param name="posture">The hand at rest.</param>
    /// <param name="canHold">Whether the hand can hold some strokes together; asked with the stroke refingered.</param>
    public static Finger? Find(Stroke stroke, IReadOnlyList<Stroke> strokes, NaturalPosture posture, Func<IReadOnlyList<Stroke>, bool> canHold)
    {
        List<Stroke> near = [.. strokes.Where(other => other != stroke && other.Press < stroke.Press + Around && other.Release > stroke.Press - Around)];
        List<Stroke> held = [.. near.Where(other => other.Press < stroke.Press + Together && other.Release > stroke.Press)];
        var own = stroke.Finger;
        Finger? best = null;
        var least = double.PositiveInfinity;
        foreach (var finger in posture.Fingers)
        {
            if (near.Exists(other => other.Finger == finger && other.Press < stroke.Release + Busy && other.Release > stroke.Press - Busy)) continue;
            if (held.Exists(other => (other.Finger < finger) != (other.Place.X < stroke.Place.X))) continue;
            var cost = near.Count == 0 ? Math.Abs(finger - Finger.Middle) : near.Average(other => Math.Abs(
                stroke.Place.X - other.Place.X - (posture.Pad(finger).X - posture.Pad(other.Finger).X)) / (0.1 + Math.Abs(other.Press - stroke.Press)));
            if (cost >= least) continue;
            stroke.Refinger(finger);
            // A grip that the hand cannot hold may still be rolled.
            if (held.Count > 0 && !canHold([.. held, stroke])) cost += Unheld;
            if (cost >= least) continue;
            (best, least) = (finger, cost);
        }

        stroke.Refinger(best ?? own);
        return best;
    }
}

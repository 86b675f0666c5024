using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Rendering.Sheet;

/// <summary>Chooses the moments of a clip that tell most about it, each for a reason of its own.</summary>
internal sealed class MomentFinder
{
    // Moments nearer to each other than this show the same, seconds.
    private const double Apart = 0.4;

    // A key arrives at its bottom with the onset; a little later one sees the hand that played it.
    private const double AfterOnset = 0.03;

    // What is called a leap goes at least so far in its time, metres, and hands that are together are nearer than this.
    private const float ShortestLeap = 0.1f;
    private const float Together = 0.22f;

    private readonly TwoHandClip _clip;
    private readonly Note[] _notes;

    private MomentFinder(TwoHandClip clip)
    {
        _clip = clip;
        _notes = [.. clip.Notes.Where(note => note.Onset < clip.Duration).OrderBy(note => note.Onset)];
    }

    /// <summary>Finds moments, in the order of time.</summary>
    /// <param name="clip">The performance.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<Moment> Find(TwoHandClip clip, int most)
    {
        var finder = new MomentFinder(clip);
        var found = new List<Moment>();
        if (clip.FrameCount == 0) return found;
        foreach (var moment in finder.Candidates())
        {
            if (found.Count == most) break;
            if (moment is not null && found.TrueForAll(other => Math.Abs(other.Frame - moment.Frame) >= Apart * clip.Fps)) found.Add(moment);
        }

        if (found.Count == 0) found.Add(new("Beginning", 0));
        return [.. found.OrderBy(moment => moment.Frame)];
    }

    private IEnumerable<Moment?> Candidates()
    {
        if (_notes.Length > 0)
        {
            yield return At("First stroke", _notes[0].Onset);
            yield return ThumbUnder();
            yield return WidestReach();
            yield return Leap();
            yield return Densest();
            yield return FullestChord();
            yield return At("Loudest stroke", _notes.MaxBy(note => note.Velocity).Onset);
            yield return At("Last stroke", _notes[^1].Onset);
        }

        yield return Nearest();
        foreach (var part in (int[])[4, 2, 6, 3, 5, 1, 7]) yield return new("On the way", _clip.FrameCount * part / 8);
    }

    private Moment At(string name, double time) => new(name, Math.Clamp((int)Math.Round((time + AfterOnset) * _clip.Fps), 0, _clip.FrameCount - 1));

    // The thumb plays beyond the finger that has just played, away from its own side of the hand.
    private Moment? ThumbUnder()
    {
        var (best, widest) = (-1.0, 0f);
        foreach (var side in HandSides.Both)
        {
            var outwards = side == HandSide.Right ? 1 : -1;
            var own = _notes.Where(note => note.Hand == side && note.Finger is not null).ToArray();
            for (var i = 1; i < own.Length; i++)
            {
                if (own[i].Finger != Finger.Thumb || own[i - 1].Finger is Finger.Thumb || own[i].Onset - own[i - 1].Offset > 0.25 || own[i].Onset - own[i - 1].Onset < 0.05) continue;
                var beyond = outwards * (own[i].Key.CenterX - own[i - 1].Key.CenterX);
                if (beyond > 0 && beyond < 0.06f && beyond > widest + 1e-4f) (best, widest) = (own[i].Onset, beyond);
            }
        }

        return best >= 0 ? At("Thumb under", best - 0.06) : null;
    }

    // The largest span between two notes that one hand begins together or holds together.
    private Moment WidestReach()
    {
        var (best, widest) = (_notes[0].Onset, -1f);
        foreach (var side in HandSides.Both)
        {
            var held = new List<Note>();
            foreach (var note in _notes.Where(note => note.Hand == side))
            {
                held.RemoveAll(other => other.Offset <= note.Onset + 0.01);
                held.Add(note);
                var reach = held.Max(other => other.Key.CenterX) - held.Min(other => other.Key.CenterX);
                if (reach > widest + 1e-4f) (best, widest) = (note.Onset, reach);
            }
        }

        return At("Widest reach", best);
    }

    // The fastest way of a hand from one stroke to the next.
    private Moment? Leap()
    {
        var (best, farthest) = (0, 0f);
        var step = Math.Max(1, (int)Math.Round(0.15 * _clip.Fps));
        foreach (var side in HandSides.Both)
        {
            for (var frame = step; frame < _clip.FrameCount; frame++)
            {
                var way = Vector3.Distance(_clip.Hands[side].Wrist(frame), _clip.Hands[side].Wrist(frame - step));
                if (way > farthest) (best, farthest) = (frame - step / 2, way);
            }
        }

        return farthest >= ShortestLeap ? new("Leap", best) : null;
    }

    private Moment Densest()
    {
        var (best, most, first) = (0, 0, 0);
        for (var last = 0; last < _notes.Length; last++)
        {
            while (_notes[last].Onset - _notes[first].Onset > 1) first++;
            if (last - first + 1 > most) (best, most) = ((first + last) / 2, last - first + 1);
        }

        return At("Densest passage", _notes[best].Onset);
    }

    private Moment? FullestChord()
    {
        var fullest = _notes.GroupBy(note => (int)(note.Onset / 0.04)).MaxBy(group => group.Count())!;
        return fullest.Count() > 2 ? At("Fullest chord", fullest.Max(note => note.Onset)) : null;
    }

    private Moment? Nearest()
    {
        var nearest = Enumerable.Range(0, _clip.FrameCount).MinBy(Between);
        return Between(nearest) <= Together ? new("Hands together", nearest) : null;
    }

    private float Between(int frame) => Vector3.Distance(_clip.Hands.Left.Wrist(frame), _clip.Hands.Right.Wrist(frame));
}

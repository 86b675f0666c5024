using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Core.Playing;

/// <summary>
/// Turns fingered notes into strokes that two hands can carry out: a key comes up before it is struck again, a finger
/// leaves a key in time for its next one, and a hand lets go of what it cannot span together with what comes.
/// </summary>
internal sealed class StrokePlanner
{
    // Two frames of 1/30 s never both miss a key that is down or up this long, seconds.
    private const double LeastHold = 0.045;
    private const double LeastLift = 0.045;
    private const double ComfortableLift = 0.048;

    private const double LongestWait = 0.02;

    // How fast a hand travels, for the time a leap takes: a start and metres a second.
    private const double LeapStart = 0.04;
    private const double LeapSpeed = 2.7;
    private const double FingerSpeed = 1.1;

    // Onsets nearer than this are one chord, seconds.
    private const double ChordWindow = 0.03;

    private readonly PerHand<HandReach> _reach;
    private readonly PerformanceStyle _style;
    private readonly List<UnplayedNote> _unplayed = [];

    public StrokePlanner(PerHand<HandReach> reach, PerformanceStyle style)
    {
        _reach = reach;
        _style = style;
    }

    public IReadOnlyList<UnplayedNote> Unplayed => _unplayed;

    /// <summary>Plans for two equal hands: the one judgement of what two hands can play.</summary>
    /// <param name="notes">Notes with hand and finger.</param>
    /// <param name="hand">A right hand.</param>
    /// <param name="style">Who plays.</param>
    public static (PerHand<List<Stroke>> Strokes, IReadOnlyList<UnplayedNote> Unplayed) Plan(IReadOnlyList<Note> notes, HandIk hand, PerformanceStyle style)
    {
        var reach = new HandReach(hand, new NaturalPosture(hand, style));
        var planner = new StrokePlanner(new(reach, reach), style);
        return (planner.Plan(notes), planner.Unplayed);
    }

    public PerHand<List<Stroke>> Plan(IReadOnlyList<Note> notes)
    {
        PerHand<List<Stroke>> strokes = new([], []);
        PerHand<List<Stroke>> unfingered = new([], []);
        var random = new SeededRandom(_style.Seed, "timing");
        foreach (var index in Enumerable.Range(0, notes.Count).OrderBy(i => notes[i].Onset).ThenBy(i => notes[i].Key))
        {
            var note = notes[index];
            if (note.Hand is not { } hand)
            {
                _unplayed.Add(new(note, UnplayedReason.NoFinger));
                continue;
            }

            var spread = Math.Clamp(random.NextGaussian(), -2, 2) * _style.TimingSpread;
            var press = Math.Max(0, note.Onset + spread);
            var release = Math.Max(note.Onset + note.Duration * _style.Legato, press + LeastHold);
            Stroke stroke = new(index, note, hand, note.Finger ?? Finger.Middle, press, release);
            strokes[hand].Add(stroke);
            if (note.Finger is null) unfingered[hand].Add(stroke);
        }

        foreach (var side in HandSides.Both) FindFingers(strokes[side], unfingered[side], _reach[side]);
        FreeKeys(strokes);
        foreach (var side in HandSides.Both)
        {
            FreeFingers(strokes[side], _reach[side]);
            FreeHand(strokes[side], _reach[side]);
            strokes[side].Sort((a, b) => a.Press.CompareTo(b.Press));
        }

        return strokes;
    }

    // Whichever hands they are of, two strokes on one key follow each other.
    private void FreeKeys(PerHand<List<Stroke>> strokes)
    {
        foreach (var onKey in strokes.Left.Concat(strokes.Right).GroupBy(stroke => stroke.Note.Key))
        {
            Stroke? before = null;
            foreach (var stroke in onKey.OrderBy(stroke => stroke.Press))
            {
                if (before is not null && !MakeRoom(before, stroke.Press, ComfortableLift) && !Postpone(stroke, before))
                {
                    Drop(strokes[stroke.Note.Hand!.Value], stroke, UnplayedReason.KeyBusy);
                    before.Release = Math.Max(before.Release, stroke.Release);
                    continue;
                }

                before = stroke;
            }
        }
    }

    // Keys without a finger get one together with the rest of their chord; whether the hand can hold it is asked later.
    private void FindFingers(List<Stroke> strokes, List<Stroke> unfingered, HandReach reach)
    {
        foreach (var stroke in unfingered)
        {
            List<Stroke> chord = [.. strokes.Where(other => Math.Abs(other.Press - stroke.Press) < ChordWindow)];
            if (Refingering.Refinger(chord, reach.Posture)) continue;
            strokes.Remove(stroke);
            _unplayed.Add(new(stroke.Note with { Finger = null }, UnplayedReason.NoFinger));
        }
    }

    private void FreeFingers(List<Stroke> strokes, HandReach reach)
    {
        foreach (var ofFinger in strokes.GroupBy(stroke => stroke.Finger).ToList())
        {
            Stroke? before = null;
            foreach (var stroke in ofFinger.OrderBy(stroke => stroke.Press))
            {
                if (before is not null && before.Note.Key != stroke.Note.Key)
                {
                    var travel = ComfortableLift + Math.Abs(stroke.Place.X - before.Place.X) / FingerSpeed;
                    if (!MakeRoom(before, stroke.Press, travel))
                    {
                        if (Refingering.Find(stroke, strokes, reach.Posture, reach.CanHold) is not null) continue;
                        Drop(strokes, stroke, UnplayedReason.FingerBusy);
                        continue;
                    }
                }

                before = stroke;
            }
        }
    }

    // Shortens a stroke so that its key or finger is free for the next press; false if there is no time for both.
    private static bool MakeRoom(Stroke before, double press, double wanted)
    {
        var between = press - before.Press;
        if (between < LeastHold + LeastLift) return false;
        var lift = Math.Min(wanted, Math.Max(LeastLift, between - Math.Max(LeastHold, between / 2)));
        before.Release = Math.Min(before.Release, press - lift);
        return true;
    }

    // A key struck again too soon waits a moment, if that is not heard.
    private static bool Postpone(Stroke stroke, Stroke before)
    {
        var press = before.Press + LeastHold + LeastLift + 1e-6;
        if (press > stroke.Note.Onset + LongestWait) return false;
        stroke.Press = press;
        stroke.Release = Math.Max(stroke.Release, press + LeastHold);
        return MakeRoom(before, press, LeastLift);
    }

    private void FreeHand(List<Stroke> strokes, HandReach reach)
    {
        strokes.Sort((a, b) => a.Press != b.Press ? a.Press.CompareTo(b.Press) : a.Note.Key.CompareTo(b.Note.Key));
        List<Stroke> recent = [];
        List<Stroke> kept = [];
        for (var start = 0; start < strokes.Count;)
        {
            var end = start + 1;
            while (end < strokes.Count && strokes[end].Press - strokes[start].Press < ChordWindow) end++;
            var chord = strokes.GetRange(start, end - start);
            var pause = (end < strokes.Count ? strokes[end].Press : double.PositiveInfinity) - strokes[start].Press;
            start = end;
            while (chord.Count > 0 && !reach.CanHold(chord))
            {
                if (RolledChord.Spread(chord, pause, LeastHold, reach)) break;
                LeaveOut(chord, reach);
            }

            if (chord.Count > 1 && chord[^1].Press - chord[0].Press >= ChordWindow) chord.ForEach(stroke => Add([stroke]));
            else Add(chord);
        }

        strokes.Clear();
        strokes.AddRange(kept);

        void Add(List<Stroke> chord)
        {
            if (chord.Count == 0) return;
            var press = chord[0].Press;
            recent.RemoveAll(stroke => stroke.Release < press - 0.4);
            MakeWay(recent, chord);
            LetGo(recent, chord, press, reach);
            recent.AddRange(chord);
            kept.AddRange(chord);
        }
    }

    // Rolled strokes come a little earlier than they were planned: fingers and keys are let go for them.
    private static void MakeWay(List<Stroke> recent, List<Stroke> chord)
    {
        foreach (var stroke in chord)
        {
            foreach (var before in recent)
            {
                if (before.Finger != stroke.Finger && before.Note.Key != stroke.Note.Key) continue;
                before.Release = Math.Min(before.Release, Math.Max(before.Press + LeastHold, stroke.Press - LeastLift));
            }
        }
    }

    // Takes one note out of a chord that a hand can neither hold nor roll: one without which it can, if there is one, and
    // of those the one farthest from the others.
    private void LeaveOut(List<Stroke> chord, HandReach reach)
    {
        var middle = chord.Average(stroke => stroke.Place.X);
        var without = chord
            .OrderBy(stroke => reach.CanHold([.. chord.Where(other => other != stroke)]) ? 0 : 1)
            .ThenByDescending(stroke => Math.Abs(stroke.Place.X - middle))
            .ThenBy(stroke => stroke.Note.Velocity)
            .First();
        chord.Remove(without);
        _unplayed.Add(new(without.Note, UnplayedReason.OutOfReach));
    }

    private static void LetGo(List<Stroke> recent, List<Stroke> chord, double press, HandReach reach)
    {
        var place = reach.Place(chord);
        List<Stroke> holding = [.. chord];
        foreach (var held in recent.OrderByDescending(stroke => stroke.Press).ThenByDescending(stroke => stroke.Note.Velocity))
        {
            var away = place is { } wrist && reach.Place([held]) is { } other ? Math.Abs(wrist.Position.X - other.Position.X) : 0;
            var travel = LeapStart + away / LeapSpeed;
            if (held.Release <= press - travel) continue;
            holding.Add(held);
            if (reach.CanHold(holding)) continue;
            holding.Remove(held);
            // A hand in reach of both needs little time; one that leaps needs to leave early.
            held.Release = Math.Min(held.Release, Math.Max(held.Press + LeastHold, press - travel));
        }
    }

    private void Drop(List<Stroke> strokes, Stroke stroke, UnplayedReason reason)
    {
        strokes.Remove(stroke);
        _unplayed.Add(new(stroke.Note, reason));
    }
}

using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Playing;

namespace Duomano.Core.Trajectories;

/// <summary>
/// Clears up what is left of a motion's faults, a performance's or a refined one's: wherever capsules collide or a fingertip is below the key bed, the motion
/// around is solved for again, as near to what it was as can be, see <see cref="HandTrajectory"/>.
/// </summary>
internal sealed class MotionRepair
{
    // What is solved again before and after a fault, round after round, seconds; the last only where an example shows how.
    private static readonly double[] Margins = [0.35, 0.6, 1.0, 1.5];

    // Which hand is to go above, and in how many steps, one after the other.
    private static readonly (HandSide? Above, int Steps)[] Trials =
        [(null, Steps), (HandSide.Right, Steps), (HandSide.Left, Steps), (HandSide.Right, MoreSteps), (HandSide.Left, MoreSteps)];

    // Faults that are solved for at once lie in so many seconds.
    private const double LongestStretch = 8;

    // Steps of a trial, and of one for hands that did not get past each other in so many, where no example shows how.
    private const int Steps = 14;
    private const int MoreSteps = 28;
    private const int LateSteps = 4;

    // From this margin on.
    private const double ShownFrom = 1;

    // Faults that cost less are left before another's motion is borrowed.
    private const int Bearable = 6;

    // Frames at either end that stand still, so that place, speed and acceleration go on.
    private const int Pinned = 3;

    private readonly PerHand<HandTrack> _tracks;
    private readonly PerHand<HandIk> _hands;
    private readonly PerHand<HandCapsules> _flesh;
    private readonly double _fps;
    private readonly PerHand<StrokeSchedule> _times;
    private readonly FaultFinder _finder;
    private readonly FrameFaults[] _faults;
    private readonly HandPose _pose = new();
    private readonly PerHand<Vector3[]> _ends = new(new Vector3[HandCapsules.EndCount], new Vector3[HandCapsules.EndCount]);

    /// <summary>Looks at a performance.</summary>
    /// <param name="tracks">Both hands as right hands.</param>
    /// <param name="times">When which finger plays.</param>
    /// <param name="hands">Right hands.</param>
    /// <param name="fps">Frames a second.</param>
    public MotionRepair(PerHand<HandTrack> tracks, PerHand<StrokeSchedule> times, PerHand<HandIk> hands, double fps)
    {
        (_tracks, _hands, _times, _fps) = (tracks, hands, times, fps);
        _flesh = hands.Map(hand => new HandCapsules(hand.Skeleton));
        _finder = new(_flesh, times);
        _faults = new FrameFaults[tracks.Left.FrameCount];
        for (var frame = 0; frame < _faults.Length; frame++) _faults[frame] = FaultsOf(tracks, frame, frame);
    }

    /// <summary>Where the pads should be, so that missed keys and wrong ones are faults, too; null where they are where they should be.</summary>
    public PerHand<StrokeTargets>? Targets { get; init; }

    /// <summary>Who shows how what cannot be cleared up can be played; nobody if null.</summary>
    public IExampleMotion? Example { get; init; }

    /// <summary>How many strokes are played as the example shows them.</summary>
    public int Borrowed { get; private set; }

    /// <summary>Changes the tracks.</summary>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between stretches.</param>
    public void Solve(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var longest = (int)Math.Ceiling(LongestStretch * _fps);
        var margins = Example is null ? Margins[..^1] : Margins;
        for (var round = 0; round < margins.Length; round++)
        {
            var margin = margins[round];
            var around = (int)Math.Ceiling(margin * _fps);
            for (var start = NextFault(0); start < _faults.Length;)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((round + start / (double)_faults.Length) / margins.Length);
                var last = start;
                for (var next = NextFault(last + 1); next <= Math.Min(last + around, start + longest) && next < _faults.Length; next = NextFault(last + 1)) last = next;
                Solve(Math.Max(0, start - around), Math.Min(_faults.Length, last + around + 1), margin >= ShownFrom ? (start, last) : null, cancellation);
                start = NextFault(last + 1);
            }
        }

        foreach (var side in HandSides.Both) new KeyBedClamp(side, _hands[side], _times[side]).Apply(_tracks[side]);
    }

    private int NextFault(int frame)
    {
        while (frame < _faults.Length && !_faults[frame].Any && (Targets is null || !(IsOffKeys(frame, HandSide.Left) || IsOffKeys(frame, HandSide.Right)))) frame++;
        return frame;
    }

    // Whether a finger presses a wrong key, or misses its own as long as it should hold it; a frame early or late is not worth a new solution.
    private bool IsOffKeys(int frame, HandSide side)
    {
        var keys = _faults[frame].Keys[side];
        if (keys.Wrong != 0) return true;
        for (var slot = 0; slot < 5; slot++)
        {
            if (((keys.Wanted & ~keys.Held) >> slot & 1) != 0 && !IsHeldFrom(frame, side, slot, 1) && !IsHeldFrom(frame, side, slot, -1)) return true;
        }

        return false;
    }

    private bool IsHeldFrom(int frame, HandSide side, int slot, int step)
    {
        for (var near = frame; near >= 0 && near < _faults.Length && (_faults[near].Keys[side].Wanted >> slot & 1) != 0; near += step)
        {
            if ((_faults[near].Keys[side].Held >> slot & 1) != 0) return true;
        }

        return false;
    }

    private FrameFaults FaultsOf(PerHand<HandTrack> tracks, int index, int frame)
    {
        foreach (var side in HandSides.Both)
        {
            tracks[side].GetPose(index, _pose);
            _flesh[side].Place(_pose, _ends[side]);
        }

        return _finder.Find(frame, _ends.Left, _ends.Right);
    }

    // What is left of faults between two frames may be played as the example shows, if they are told.
    private void Solve(int first, int end, (int First, int Last)? left, CancellationToken cancellation)
    {
        var count = end - first;
        var now = _faults.AsSpan(first, count);
        Trial best = new(default, now.ToArray(), Cost(now));
        var own = _tracks.Map(track => track.Slice(first, count));
        foreach (var (above, steps) in Trials)
        {
            // Which hand is above matters where they are in each other.
            if (above is not null && !best.Faults.Any(frame => frame.Hands)) break;
            if (steps > Steps && Example is not null) break;
            var trial = Try(own, first, above, steps);
            if (trial.Cost < best.Cost) best = trial;
            if (best.Cost == 0) break;
        }

        if (left is { } faults && Example is not null && (best.Cost >= Bearable || best.Faults.Any(frame => frame.Any))) best = Shown(best, own, first, faults.First, faults.Last, cancellation);
        if (best.Tracks.Left is null) return;
        best.Faults.CopyTo(now);
        foreach (var side in HandSides.Both)
        {
            best.Tracks[side].Translations.CopyTo(_tracks[side].Translations, first * 3);
            best.Tracks[side].Rotations.CopyTo(_tracks[side].Rotations, first * HandJoint.PoseLength);
        }
    }

    private Trial Shown(Trial best, PerHand<HandTrack> own, int first, int from, int until, CancellationToken cancellation)
    {
        foreach (var sides in (ReadOnlySpan<HandSide[]>)[[HandSide.Right], [HandSide.Left], [HandSide.Left, HandSide.Right]])
        {
            if (sides.Length == 1 && !best.Faults.Any(frame => frame.Concern(sides[0]) || frame.Keys[sides[0]].Count > 0)) continue;
            var motion = PerHand.Create(side => sides.Contains(side) ? Example!.Shown(side, own[side], first, from - first, until - first, cancellation) : own[side]);
            var trial = Try(motion, first, null, Steps);
            if (trial.Cost >= best.Cost) continue;
            Borrowed += sides.Sum(side => Example!.StrokesWithin(side, from, until));
            return trial;
        }

        return best;
    }

    private Trial Try(PerHand<HandTrack> motion, int first, HandSide? above, int steps)
    {
        var count = motion.Left.FrameCount;
        var hands = PerHand.Create(side => Trajectory(side, motion[side], first));
        for (var i = 0; i < steps; i++)
        {
            foreach (var side in HandSides.Both) hands[side].UpdateGeometry(0, count);
            foreach (var side in HandSides.Both) hands[side].Step(0, count, new(i == 0, i >= steps - LateSteps, above), hands[side.Other()]);
        }

        var tracks = hands.Map(hand => hand.ToTrack());
        var faults = new FrameFaults[count];
        for (var i = 0; i < count; i++) faults[i] = FaultsOf(tracks, i, first + i);
        return new(tracks, faults, Cost(faults));
    }

    private HandTrajectory Trajectory(HandSide side, HandTrack motion, int first)
    {
        var before = first > 0 ? Pinned : 0;
        var after = first + motion.FrameCount < _faults.Length ? Pinned : 0;
        return new(side, _hands[side], motion, null, _times[side], Targets?[side], _fps, motion.FrameCount, first) { Pinned = (before, after) };
    }

    private static int Cost(ReadOnlySpan<FrameFaults> faults)
    {
        var cost = 0;
        foreach (var frame in faults) cost += frame.Cost;
        return cost;
    }

    private readonly record struct Trial(PerHand<HandTrack> Tracks, FrameFaults[] Faults, int Cost);
}

using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Performing;

namespace Duomano.Core.Contact;

/// <summary>
/// Clears up what is left of a motion's faults, a performance's or a refined one's: wherever flesh is in flesh or a fingertip in the wood, the motion
/// around is solved for again, as near to what it was as can be, see <see cref="HandTrajectory"/>.
/// </summary>
internal sealed class Clearing
{
    // What is solved again before and after a fault, round after round, seconds.
    private static readonly double[] Margins = [0.35, 0.6, 1.0];

    // Faults that are solved for at once lie in so many seconds.
    private const double LongestStretch = 8;

    // Steps of a round at most.
    private const int Steps = 14;
    private const int OrderlySteps = 4;

    // Frames at either end that stand still, so that place, speed and acceleration go on.
    private const int Pinned = 3;

    private readonly PerHand<HandTrack> _tracks;
    private readonly PerHand<HandIk> _hands;
    private readonly PerHand<HandCapsules> _flesh;
    private readonly double _fps;
    private readonly PerHand<StrokeTimes> _times;
    private readonly FaultFinder _finder;
    private readonly FrameFaults[] _faults;
    private readonly HandPose _pose = new();
    private readonly PerHand<Vector3[]> _ends = new(new Vector3[HandCapsules.EndCount], new Vector3[HandCapsules.EndCount]);

    /// <summary>Looks at a performance.</summary>
    /// <param name="tracks">Both hands as right hands.</param>
    /// <param name="times">When which finger plays.</param>
    /// <param name="hands">Right hands.</param>
    /// <param name="fps">Frames a second.</param>
    public Clearing(PerHand<HandTrack> tracks, PerHand<StrokeTimes> times, PerHand<HandIk> hands, double fps)
    {
        (_tracks, _hands, _times, _fps) = (tracks, hands, times, fps);
        _flesh = hands.Map(hand => new HandCapsules(hand.Skeleton));
        _finder = new(_flesh, times);
        _faults = new FrameFaults[tracks.Left.FrameCount];
        for (var frame = 0; frame < _faults.Length; frame++) _faults[frame] = Look(tracks, frame, frame);
    }

    /// <summary>Changes the tracks.</summary>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between stretches.</param>
    public void Solve(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var longest = (int)Math.Ceiling(LongestStretch * _fps);
        for (var round = 0; round < Margins.Length; round++)
        {
            var around = (int)Math.Ceiling(Margins[round] * _fps);
            for (var start = NextFault(0); start < _faults.Length;)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((round + start / (double)_faults.Length) / Margins.Length);
                var last = start;
                for (var next = NextFault(last + 1); next <= Math.Min(last + around, start + longest) && next < _faults.Length; next = NextFault(last + 1)) last = next;
                Solve(Math.Max(0, start - around), Math.Min(_faults.Length, last + around + 1));
                start = NextFault(last + 1);
            }
        }

        foreach (var side in HandSides.Both) new BedGuard(side, _hands[side], _times[side]).Apply(_tracks[side]);
    }

    private int NextFault(int frame)
    {
        while (frame < _faults.Length && !_faults[frame].Any) frame++;
        return frame;
    }

    private FrameFaults Look(PerHand<HandTrack> tracks, int index, int frame)
    {
        foreach (var side in HandSides.Both)
        {
            tracks[side].GetPose(index, _pose);
            _flesh[side].Place(_pose, _ends[side]);
        }

        return _finder.Find(frame, _ends.Left, _ends.Right);
    }

    private void Solve(int first, int end)
    {
        var count = end - first;
        var now = _faults.AsSpan(first, count);
        Trial best = new(default, now.ToArray(), Cost(now));
        foreach (var above in (ReadOnlySpan<HandSide?>)[null, HandSide.Right, HandSide.Left])
        {
            // Which hand is above matters where they are in each other.
            if (above is not null && !best.Faults.Any(frame => frame.Hands)) break;
            var trial = Try(first, count, above);
            if (trial.Cost < best.Cost) best = trial;
            if (best.Cost == 0) break;
        }

        if (best.Tracks.Left is null) return;
        best.Faults.CopyTo(now);
        foreach (var side in HandSides.Both)
        {
            best.Tracks[side].Translations.CopyTo(_tracks[side].Translations, first * 3);
            best.Tracks[side].Rotations.CopyTo(_tracks[side].Rotations, first * HandJoint.PoseLength);
        }
    }

    private Trial Try(int first, int count, HandSide? above)
    {
        var hands = PerHand.Create(side => Trajectory(side, first, count));
        for (var i = 0; i < Steps; i++)
        {
            foreach (var side in HandSides.Both) hands[side].Look(0, count);
            foreach (var side in HandSides.Both) hands[side].Improve(0, count, new(1, i == 0, i >= Steps - OrderlySteps, above), hands[side.Other()]);
        }

        var tracks = hands.Map(hand => hand.ToTrack());
        var faults = new FrameFaults[count];
        for (var i = 0; i < count; i++) faults[i] = Look(tracks, i, first + i);
        return new(tracks, faults, Cost(faults));
    }

    private HandTrajectory Trajectory(HandSide side, int first, int count)
    {
        var before = first > 0 ? Pinned : 0;
        var after = first + count < _faults.Length ? Pinned : 0;
        return new(side, _hands[side], null, _tracks[side].Slice(first, count), _times[side], _fps, count, first) { Pinned = (before, after) };
    }

    private static int Cost(ReadOnlySpan<FrameFaults> faults)
    {
        var cost = 0;
        foreach (var frame in faults) cost += frame.Cost;
        return cost;
    }

    private readonly record struct Trial(PerHand<HandTrack> Tracks, FrameFaults[] Faults, int Cost);
}

using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Tests.Performing;
using Duomano.Core.Trajectories;

namespace Duomano.Core.Tests.Trajectories;

/// <summary>Performances with faults that are known, for they were put there.</summary>
public sealed class MotionRepairTests
{
    private const int Spoilt = 46;

    // Nothing beyond this many frames from a fault is touched.
    private const int Around = 31;

    private readonly Performance _performance = KinematicPianist.Perform(Exercise.FiveFingers(0.5), PerformanceStyle.Neutral);
    private readonly HandIk _hand = new(HandSkeleton.Create(HandSide.Right, 1));

    [Fact]
    public void A_performance_without_faults_stays_as_it_is()
    {
        Assert.Empty(Penetrations.Faults(_performance.Clip));
        var cleared = Cleared(_performance.Clip.Hands.Right);
        Assert.Equal(_performance.Clip.Hands.Right.Rotations, cleared.Hands.Right.Rotations);
        Assert.Equal(_performance.Clip.Hands.Right.Translations, cleared.Hands.Right.Translations);
    }

    [Fact]
    public void A_finger_bent_into_its_neighbour_comes_out_and_the_rest_stays()
    {
        var spoilt = Spoil(Finger.Index, frame => Pad(frame, Finger.Middle), 4);
        Assert.NotEmpty(Penetrations.Faults(With(spoilt)));
        AssertCleared(spoilt);
    }

    [Fact]
    public void A_fingertip_in_the_wood_comes_up()
    {
        var spoilt = Spoil(Finger.Ring, frame => Pad(frame, Finger.Ring) - 0.030f * Vector3.UnitY, 1);
        Assert.Contains(Penetrations.Faults(With(spoilt)), fault => fault.Contains("below", StringComparison.Ordinal));
        AssertCleared(spoilt);
    }

    [Fact]
    public void A_hand_that_lies_in_the_playing_one_leaves_it()
    {
        // The left hand plays nothing: it is put, for a while, where the right hand is.
        var clip = _performance.Clip;
        var left = clip.Hands.Left.Slice(0, clip.FrameCount);
        for (var frame = Spoilt; frame < Spoilt + 4; frame++) clip.Hands.Right.Wrist(frame).CopyTo(left.Translations.AsSpan(3 * frame));
        var spoilt = new TwoHandClip(new(left, clip.Hands.Right), clip.Skeletons, clip.Fps, clip.Notes);
        Assert.Contains(Penetrations.Faults(spoilt), fault => fault.Contains("hands", StringComparison.Ordinal));
        AssertClear(Cleared(spoilt.Hands.Right, left), spoilt);
    }

    private void AssertCleared(HandTrack right) => AssertClear(Cleared(right), With(right));

    private void AssertClear(TwoHandClip cleared, TwoHandClip spoilt)
    {
        Assert.Empty(Penetrations.Faults(cleared));
        Assert.Equal(1, KeyPresses.NoteF1(cleared, _performance.Clip.Notes));
        foreach (var side in HandSides.Both)
        {
            for (var frame = 0; frame < cleared.FrameCount; frame++)
            {
                if (frame > Spoilt - Around && frame < Spoilt + 4 + Around) continue;
                Assert.Equal(spoilt.Hands[side].GetPose(frame).Rotations, cleared.Hands[side].GetPose(frame).Rotations);
                Assert.Equal(spoilt.Hands[side].Wrist(frame), cleared.Hands[side].Wrist(frame));
            }
        }
    }

    private Vector3 Pad(int frame, Finger finger) =>
        _performance.Clip.Points(HandSide.Right)[frame * HandJoint.PointCount + HandJoint.Tip(finger)];

    private HandTrack Spoil(Finger finger, Func<int, Vector3> pad, int frames)
    {
        var track = _performance.Clip.Hands.Right.Slice(0, _performance.Clip.FrameCount);
        for (var frame = Spoilt; frame < Spoilt + frames; frame++)
        {
            var pose = track.GetPose(frame);
            WristPose wrist = new(pose.Wrist, Rotation.FromAxisAngle(pose.Rotations[HandJoint.Wrist]));
            _hand[finger].Write(_hand.Reach(finger, wrist, pad(frame), _hand[finger].Read(pose), out _), pose);
            track.SetPose(frame, pose);
        }

        return track;
    }

    private TwoHandClip With(HandTrack right) => new(new(_performance.Clip.Hands.Left, right), _performance.Clip.Skeletons, _performance.Clip.Fps, _performance.Clip.Notes);

    private TwoHandClip Cleared(HandTrack right, HandTrack? left = null)
    {
        var clip = _performance.Clip;
        PerHand<HandTrack> tracks = new(HandMirror.Track(left ?? clip.Hands.Left), right.Slice(0, clip.FrameCount));
        var times = _performance.Strokes.Map(own => new StrokeSchedule(own, clip.FrameCount, clip.Fps));
        new MotionRepair(tracks, times, new(_hand, _hand), clip.Fps).Solve();
        return new(new(HandMirror.Track(tracks.Left), tracks.Right), clip.Skeletons, clip.Fps, clip.Notes);
    }
}

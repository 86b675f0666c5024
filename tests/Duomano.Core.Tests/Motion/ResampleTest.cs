using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Tests;

namespace Duomano.Core.Tests.Motion;

public class ResampleTest
{
    [Theory]
    [InlineData(30, 60, 80)]
    [InlineData(30, 25, 33)]
    [InlineData(25, 30, 48)]
    [InlineData(60, 29.97, 20)]
    public void Keeps_the_duration(double from, double to, int frames)
    {
        var clip = Clips.Smooth(fps: from).Resample(to);
        Assert.Equal((frames, to), (clip.FrameCount, clip.Fps));
    }

    [Fact]
    public void Frames_that_coincide_stay_as_they_are()
    {
        var clip = Clips.Smooth();
        var doubled = clip.Resample(60);
        foreach (var side in HandSides.Both)
        {
            for (var frame = 0; frame < clip.FrameCount; frame++)
            {
                var (a, b) = (clip.Hands[side].GetPose(frame), doubled.Hands[side].GetPose(frame * 2));
                Assert.True(Vector3.Distance(a.Wrist, b.Wrist) < 1e-6f);
                Assert.Equal(a.Rotations, b.Rotations);
            }
        }
    }

    [Fact]
    public void A_smooth_motion_is_met_between_its_frames()
    {
        // The same motion made at 30 and at 120 frames a second.
        var resampled = Clips.Smooth(frames: 40, fps: 30).Resample(120);
        var made = Clips.Smooth(frames: 160, fps: 120);
        foreach (var side in HandSides.Both)
        {
            var (a, b) = (resampled.Points(side), made.Points(side));

            // Behind the last frame there is nothing to go by.
            for (var i = 0; i < 156 * HandJoint.PointCount; i++) Assert.True(Vector3.Distance(a[i], b[i]) < 2e-4f, $"point {i}: {a[i]}, expected {b[i]}");
        }
    }

    [Fact]
    public void Axis_angles_do_not_jump_where_the_source_does_not()
    {
        // The source turns steadily past π: the shortest vector of a rotation would jump there.
        var track = new HandTrack(20);
        for (var frame = 0; frame < 20; frame++) track.Rotations[frame * HandJoint.PoseLength + 1] = 2.8f + frame * 0.05f;
        var clip = new TwoHandClip(new(track, track), TwoHandClip.SkeletonsOfSize(1)).Resample(100);
        for (var frame = 0; frame < 63; frame++) Assert.Equal(2.8f + frame * 0.3f * 0.05f, clip.Hands.Left.Rotations[frame * HandJoint.PoseLength + 1], 1e-4f);
    }

    [Fact]
    public void Rotations_follow_the_shortest_arc()
    {
        // −170° and 170° are 20° apart; halfway is 180°, not 0°.
        var track = new HandTrack(2);
        var angle = 170 * MathF.PI / 180;
        track.Rotations[2] = -angle;
        track.Rotations[HandJoint.PoseLength + 2] = angle;
        var clip = new TwoHandClip(new(track, track), TwoHandClip.SkeletonsOfSize(1)).Resample(60);
        var between = Rotation.FromAxisAngle(new(clip.Hands.Left.Rotations.AsSpan(HandJoint.PoseLength, 3)));
        Assert.Equal(-1, Vector3.Transform(Vector3.UnitX, between).X, 1e-4f);
    }

    [Fact]
    public void Mirroring_and_resampling_commute()
    {
        var clip = Clips.Smooth();
        var mirrored = new TwoHandClip(clip.Hands.MapWithOther((_, other) => Mirror(other)), clip.Skeletons, clip.Fps);
        var (a, b) = (clip.Resample(47).Hands, mirrored.Resample(47).Hands);
        foreach (var side in HandSides.Both)
        {
            var expected = Mirror(a[side.Other()]);
            Assert.All(expected.Rotations.Zip(b[side].Rotations), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            Assert.All(expected.Translations.Zip(b[side].Translations), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }

        static HandTrack Mirror(HandTrack track)
        {
            var result = new HandTrack(track.FrameCount);
            for (var frame = 0; frame < track.FrameCount; frame++) result.SetPose(frame, HandMirror.Pose(track.GetPose(frame)));
            return result;
        }
    }

    [Fact]
    public void An_empty_clip_stays_empty() =>
        Assert.Equal(0, new TwoHandClip(new(new(0), new(0)), TwoHandClip.SkeletonsOfSize(1)).Resample(60).FrameCount);

    [Theory]
    [InlineData(0)]
    [InlineData(-30)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Impossible_rates_are_refused(double fps) => Assert.Throws<ArgumentOutOfRangeException>(() => Clips.Smooth(frames: 2).Resample(fps));
}

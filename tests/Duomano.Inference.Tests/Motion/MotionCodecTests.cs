using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Inference.Motion;

namespace Duomano.Inference.Tests.Motion;

public class MotionCodecTests
{
    public static TheoryData<string> Normalizations => ["published", "own"];

    [Theory]
    [MemberData(nameof(Normalizations))]
    public void Decoding_gives_the_same_hands_back(string which)
    {
        var codec = new MotionCodec(which == "published" ? MotionNormalization.Published : Own());
        Span<Vector3> expected = stackalloc Vector3[HandJoint.PointCount];
        Span<Vector3> actual = stackalloc Vector3[HandJoint.PointCount];
        foreach (var side in HandSides.Both)
        {
            var track = RandomTrack(7);
            var decoded = codec.Decode(codec.EncodePositions(track, side), codec.EncodePose(track, side), side);
            var skeleton = HandSkeleton.Create(side);
            for (var frame = 0; frame < track.FrameCount; frame++)
            {
                ForwardKinematics.Points(skeleton, track.GetPose(frame), expected);
                ForwardKinematics.Points(skeleton, decoded.GetPose(frame), actual);
                for (var i = 0; i < expected.Length; i++) Assert.True(Vector3.Distance(expected[i], actual[i]) < 1e-5f);
            }
        }
    }

    [Fact]
    public void Mirrored_hands_look_the_same_to_the_networks()
    {
        var codec = new MotionCodec(Own());
        var right = RandomTrack(3);
        var left = new HandTrack(3);
        for (var frame = 0; frame < 3; frame++) left.SetPose(frame, HandMirror.Pose(right.GetPose(frame)));
        Assert.Equal(codec.EncodePositions(right, HandSide.Right), codec.EncodePositions(left, HandSide.Left));
        Assert.Equal(codec.EncodePose(right, HandSide.Right), codec.EncodePose(left, HandSide.Left));
    }

    [Fact]
    public void The_camera_sees_the_player_below_and_the_keys_far_away()
    {
        // A wrist 10 cm above the white keys, 5 cm towards the player: camera y grows towards the player, z away from it.
        var track = new HandTrack(1);
        track.SetPose(0, new HandPose { Wrist = new(0.3f, 0.1f, 0.05f) });
        var encoded = new MotionCodec(MotionNormalization.Published).EncodePositions(track, HandSide.Right);
        Assert.Equal(0.3f / 1.5f, encoded[0], 1e-6f);
        Assert.Equal(0.05f / 1.5f, encoded[1], 1e-6f);
        Assert.Equal(23.9f / 25, encoded[2], 1e-6f);
    }

    [Fact]
    public void Constants_that_cannot_scale_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new MotionCodec(Own() with { PositionScale = [1, 0, 1] }));
        Assert.Throws<ArgumentException>(() => new MotionCodec(Own() with { PoseOffset = [1, 2] }));
        Assert.Throws<ArgumentException>(() => new MotionCodec(Own() with { Clip = 0 }));
    }

    private static MotionNormalization Own() => new()
    {
        PositionOffset = [0.1f, 0.08f, 0.02f],
        PositionScale = [0.6f, 0.05f, 0.1f],
        PoseOffset = [.. Enumerable.Range(0, HandJoint.PoseLength).Select(i => 0.01f * i)],
        PoseScale = [.. Enumerable.Range(0, HandJoint.PoseLength).Select(i => 0.1f + 0.02f * i)],
        Clip = 5,
    };

    private static HandTrack RandomTrack(int frames)
    {
        var random = new SeededRandom(5);
        var track = new HandTrack(frames);
        for (var i = 0; i < track.Translations.Length; i++) track.Translations[i] = (float)random.Uniform(-0.4, 0.4);
        for (var i = 0; i < track.Rotations.Length; i++) track.Rotations[i] = (float)random.Uniform(-1, 1);
        return track;
    }
}

using System.Globalization;
using System.Numerics;
using CsCheck;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Motion;

public class BvhMotionTest
{
    private const float Degree = MathF.PI / 180;

    [Fact]
    public void A_reader_of_the_format_finds_every_joint_and_pad_where_the_clip_has_it()
    {
        var clip = Clips.Smooth(frames: 25, fps: 25);
        var (joints, frames, frameTime) = Parse(Write(clip));
        Assert.Equal(clip.FrameCount, frames.Count);
        Assert.Equal(0.04, frameTime, 1e-6);
        var points = PerHand.Create(clip.Points);
        for (var frame = 0; frame < frames.Count; frame++)
        {
            var places = Places(joints, frames[frame]);
            foreach (var side in HandSides.Both)
            {
                for (var point = 0; point < HandJoint.PointCount; point++)
                {
                    var name = point < HandJoint.Count ? $"{side.Name()}_{HandJoint.Name(point)}" : $"{side.Name()}_{HandJoint.Name(HandJoint.Parents[point])}/end";
                    Assert.InRange(Vector3.Distance(places[name], points[side][frame * HandJoint.PointCount + point]), 0, 1e-5f);
                }
            }
        }
    }

    [Fact]
    public void Angles_do_not_jump()
    {
        // A hand that turns all the way round about an axis between x, y and z.
        var track = new HandTrack(120);
        var pose = new HandPose();
        for (var frame = 0; frame < track.FrameCount; frame++)
        {
            pose.Rotations[HandJoint.Wrist] = Vector3.Normalize(new(0.5f, 0.7f, 0.5f)) * (frame * 0.1f);
            track.SetPose(frame, pose);
        }

        var (_, frames, _) = Parse(Write(new TwoHandClip(new(track, track), TwoHandClip.SkeletonsOfSize(1))));
        for (var frame = 1; frame < frames.Count; frame++)
        {
            for (var i = 0; i < frames[frame].Length; i++) Assert.InRange(Math.Abs(frames[frame][i] - frames[frame - 1][i]), 0, 60);
        }
    }

    [Fact]
    public void Euler_angles_give_their_rotation_back() => Gen.Select(Gen.Float[-3, 3], Gen.Float[-1.6f, 1.6f], Gen.Float[-3, 3], Gen.Float[-500, 500]).Sample((x, y, z, near) =>
    {
        var rotation = Quaternion.CreateFromYawPitchRoll(x, y, z);
        var angles = EulerAngles.Nearest(rotation, new(near, -near, near / 2));
        Assert.Equal(1, MathF.Abs(Quaternion.Dot(rotation, FromEuler(angles.Z, angles.X, angles.Y))), 1e-4f);
    });

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public void They_do_where_two_axes_fall_together_too(float pitch)
    {
        var rotation = FromEuler(20, pitch, 35);
        var angles = EulerAngles.Nearest(rotation, new(80, 10, 15));
        Assert.Equal(1, MathF.Abs(Quaternion.Dot(rotation, FromEuler(angles.Z, angles.X, angles.Y))), 1e-4f);
    }

    private static Quaternion FromEuler(float z, float x, float y) =>
        Quaternion.CreateFromAxisAngle(Vector3.UnitZ, z * Degree) * Quaternion.CreateFromAxisAngle(Vector3.UnitX, x * Degree) * Quaternion.CreateFromAxisAngle(Vector3.UnitY, y * Degree);

    private static string Write(TwoHandClip clip)
    {
        using var stream = new MemoryStream();
        BvhMotion.Write(stream, clip);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Dictionary<string, Vector3> Places(List<Joint> joints, float[] values)
    {
        var (places, turns) = (new Dictionary<string, Vector3>(), new Dictionary<string, Quaternion>());
        var at = 0;
        foreach (var joint in joints)
        {
            var (offset, turn) = (joint.Offset, Quaternion.Identity);
            foreach (var channel in joint.Channels)
            {
                var value = values[at++];
                switch (channel)
                {
                    case "Xposition": offset.X += value; break;
                    case "Yposition": offset.Y += value; break;
                    case "Zposition": offset.Z += value; break;
                    case "Xrotation": turn *= Quaternion.CreateFromAxisAngle(Vector3.UnitX, value * Degree); break;
                    case "Yrotation": turn *= Quaternion.CreateFromAxisAngle(Vector3.UnitY, value * Degree); break;
                    default: turn *= Quaternion.CreateFromAxisAngle(Vector3.UnitZ, value * Degree); break;
                }
            }

            var (place, parentTurn) = joint.Parent is { } parent ? (places[parent], turns[parent]) : (Vector3.Zero, Quaternion.Identity);
            places[joint.Name] = place + Vector3.Transform(offset, parentTurn);
            turns[joint.Name] = parentTurn * turn;
        }

        Assert.Equal(values.Length, at);
        return places;
    }

    private static (List<Joint> Joints, List<float[]> Frames, double FrameTime) Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var joints = new List<Joint>();
        var open = new Stack<string>();
        var name = "";
        var i = 0;
        for (; lines[i] != "MOTION"; i++)
        {
            var words = lines[i].Split(' ');
            if (words[0] is "ROOT" or "JOINT") name = words[1];
            if (words[0] == "End") name = open.Peek() + "/end";
            if (words[0] == "{")
            {
                joints.Add(new(name, open.Count > 0 ? open.Peek() : null));
                open.Push(name);
            }

            if (words[0] == "}") open.Pop();
            if (words[0] == "OFFSET") joints[^1].Offset = new(Number(words[1]), Number(words[2]), Number(words[3]));
            if (words[0] == "CHANNELS") joints[^1].Channels = words[2..];
        }

        Assert.Empty(open);
        var count = int.Parse(lines[i + 1]["Frames: ".Length..], CultureInfo.InvariantCulture);
        var frames = lines[(i + 3)..].Select(line => line.Split(' ').Select(Number).ToArray()).ToList();
        Assert.Equal(count, frames.Count);
        return (joints, frames, double.Parse(lines[i + 2]["Frame Time: ".Length..], CultureInfo.InvariantCulture));
    }

    private static float Number(string word) => float.Parse(word, CultureInfo.InvariantCulture);

    private sealed record Joint(string Name, string? Parent)
    {
        public Vector3 Offset { get; set; }

        public string[] Channels { get; set; } = [];
    }
}

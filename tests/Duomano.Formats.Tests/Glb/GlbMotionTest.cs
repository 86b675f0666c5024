using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Core.Shapes;
using Duomano.Formats.Glb;
using Duomano.Tests;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Tests.Glb;

public class GlbMotionTest
{
    [Fact]
    public void The_Khronos_validator_finds_nothing_wrong()
    {
        Assert.SkipUnless(Capabilities.Node, "node and npm are not installed");
        using var folder = new TemporaryFolder();
        var clips = new Dictionary<string, TwoHandClip>
        {
            ["playing"] = Clips.Smooth(frames: 90),
            ["small hands without notes"] = new(Clips.Smooth(frames: 5).Hands, TwoHandClip.SkeletonsOfSize(0.7f), 25),
            ["with a pedal"] = Clips.Smooth(frames: 90).WithPedal([new(0.2, 127), new(1, 64), new(1.5, 0)]),
            ["a pedal that never moves"] = Clips.Smooth(frames: 1).WithPedal([new(5, 127)]),
            ["a pedal without motion"] = new(new(new(0), new(0)), TwoHandClip.SkeletonsOfSize(1)) { Pedal = [new(0, 127)] },
            ["one frame"] = Clips.Smooth(frames: 1, size: 1.4f),
            ["still"] = new(new(new(30), new(30)), TwoHandClip.SkeletonsOfSize(1)),
            ["MANO hands"] = Clips.Smooth(frames: 20).Onto(new ManoHand(SyntheticMano.Arrays()).Mean.Skeletons),
            ["empty"] = new(new(new(0), new(0)), TwoHandClip.SkeletonsOfSize(1)),
        };
        foreach (var (name, clip) in clips)
        {
            var path = folder.PathOf(name + ".glb");
            GlbMotion.Write(path, clip);
            var report = GltfValidator.Validate(path);
            Assert.True(report.GetProperty("errors").GetInt32() == 0 && report.GetProperty("warnings").GetInt32() == 0, $"{name}: {report}");
        }
    }

    [Fact]
    public void The_scene_is_the_default_one_and_no_copyright_is_claimed()
    {
        using var stream = new MemoryStream();
        GlbMotion.Write(stream, Clips.Smooth(frames: 3));
        var bytes = stream.ToArray();
        using var json = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(20, BitConverter.ToInt32(bytes, 12)));
        Assert.Equal(0, json.RootElement.GetProperty("scene").GetInt32());
        Assert.False(json.RootElement.GetProperty("asset").TryGetProperty("copyright", out _));
    }

    [Fact]
    public void Joints_and_fingertips_are_where_the_clip_has_them()
    {
        var clip = Clips.Smooth(frames: 60);
        var model = WriteAndLoad(clip);
        var animation = Assert.Single(model.LogicalAnimations);
        Assert.Equal("performance", animation.Name);
        foreach (var side in HandSides.Both)
        {
            var points = clip.Points(side);
            for (var point = 0; point < HandJoint.PointCount; point++)
            {
                var node = Node(model, $"{side.Name()}_{HandJoint.Name(point)}");
                foreach (var frame in (int[])[0, 1, 17, 38, 59])
                {
                    var place = node.GetWorldMatrix(animation, (float)(frame / clip.Fps)).Translation;

                    // Keyframes are left out up to a hundredth of a degree a joint.
                    Assert.InRange(Vector3.Distance(points[frame * HandJoint.PointCount + point], place), 0, 2e-4f);
                }
            }
        }
    }

    [Fact]
    public void Without_its_animation_it_stands_at_the_first_frame()
    {
        var clip = Clips.Smooth(frames: 20);
        var model = WriteAndLoad(clip);
        var points = clip.Points(HandSide.Left);
        for (var point = 0; point < HandJoint.PointCount; point++)
        {
            Assert.InRange(Vector3.Distance(points[point], Node(model, $"left_{HandJoint.Name(point)}").WorldMatrix.Translation), 0, 1e-5f);
        }
    }

    [Fact]
    public void Keys_go_down_with_their_notes_and_stay_up_without()
    {
        var key = new PianoKey(60);
        var clip = new TwoHandClip(new(new(60), new(60)), TwoHandClip.SkeletonsOfSize(1), 30, [new(0.5, 1, key, 64)]);
        var model = WriteAndLoad(clip);
        var animation = model.LogicalAnimations[0];
        var front = new Vector3(0, 0, -KeyShape.HingeZ);
        float Height(double time) => Vector3.Transform(front, Node(model, "key_60").GetWorldMatrix(animation, (float)time)).Y;
        Assert.Equal(0, Height(0.45), 1e-5f);
        Assert.Equal(-PianoKey.Travel, Height(0.5), 1e-5f);
        Assert.Equal(-PianoKey.Travel, Height(0.99), 1e-5f);
        Assert.Equal(0, Height(1.1), 1e-5f);
        Assert.Empty(animation.FindChannels(Node(model, "key_61")));
        Assert.Equal(88, model.LogicalNodes.Count(node => node.Name?.StartsWith("key_", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void Keys_lie_where_the_keyboard_has_them()
    {
        var model = WriteAndLoad(Clips.Smooth(frames: 2));
        foreach (var key in PianoKey.All)
        {
            var node = Node(model, $"key_{key.Midi}");
            var corners = node.Mesh.Primitives[0].GetVertexAccessor("POSITION").AsVector3Array().Select(corner => Vector3.Transform(corner, node.WorldMatrix)).ToArray();
            Assert.Equal(key.TopY, corners.Max(corner => corner.Y), 1e-5f);
            Assert.Equal(key.FrontZ, corners.Max(corner => corner.Z), 1e-5f);
            foreach (var corner in corners)
            {
                var (left, right) = key.ExtentX(Math.Min(corner.Z, key.FrontZ));
                Assert.InRange(corner.X, Math.Min(left, key.ExtentX(key.FrontZ).Left), Math.Max(right, key.ExtentX(key.FrontZ).Right));
            }
        }
    }

    [Fact]
    public void A_minute_of_restless_motion_stays_below_3_MB()
    {
        var random = new SeededRandom(5);
        var clip = Clips.Smooth(frames: 1800);
        foreach (var side in HandSides.Both)
        {
            var track = clip.Hands[side];
            for (var i = 0; i < track.Rotations.Length; i++) track.Rotations[i] += (float)random.NextGaussian() * 0.01f;
            for (var i = 0; i < track.Translations.Length; i++) track.Translations[i] += (float)random.NextGaussian() * 0.001f;
        }

        using var stream = new MemoryStream();
        GlbMotion.Write(stream, clip);
        Assert.InRange(stream.Length, 500_000, 3_000_000);
    }

    [Fact]
    public void What_stands_still_takes_one_keyframe()
    {
        var track = new HandTrack(300);
        var model = WriteAndLoad(new TwoHandClip(new(track, track), TwoHandClip.SkeletonsOfSize(1)));
        Assert.All(model.LogicalAnimations[0].Channels, channel =>
        {
            if (channel.TargetNodePath == PropertyPath.rotation) Assert.Single(channel.GetRotationSampler().GetLinearKeys());
            else Assert.Single(channel.GetTranslationSampler().GetLinearKeys());
        });
    }

    private static Node Node(ModelRoot model, string name) => model.LogicalNodes.Single(node => node.Name == name);

    private static ModelRoot WriteAndLoad(TwoHandClip clip)
    {
        using var stream = new MemoryStream();
        GlbMotion.Write(stream, clip);
        stream.Position = 0;
        return ModelRoot.ReadGLB(stream);
    }
}

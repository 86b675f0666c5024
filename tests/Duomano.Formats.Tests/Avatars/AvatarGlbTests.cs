using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Formats.Avatars;
using Duomano.Formats.Glb;
using Duomano.Formats.Tests.Glb;
using SharpGLTF.Schema2;

namespace Duomano.Tests.Formats.Avatars;

public sealed class AvatarGlbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1f)]
    [InlineData(0.8f)]
    public void AsAnotherProgramReadsIt_FingersAreOnTheirKeys(float scale)
    {
        var (clip, rig, path) = Written(TestRig.Mixamo(), scale);
        var model = ModelRoot.Load(path);
        var animation = model.LogicalAnimations.Single(each => each.Name == GlbMotion.AnimationName);
        foreach (var note in clip.Notes)
        {
            var frame = (int)Math.Ceiling(note.Onset * clip.Fps) + 1;
            foreach (var side in HandSides.Both)
            {
                var expected = clip.Points(side).AsSpan(frame * HandJoint.PointCount, HandJoint.PointCount);
                foreach (var finger in Fingers.All)
                {
                    var node = model.LogicalNodes[rig.Bones[HumanoidBones.Joint(side, finger, 2)]];
                    var at = scale * node.GetWorldMatrix(animation, (float)(frame / clip.Fps)).Translation;
                    Assert.True(Vector3.Distance(expected[HandJoint.First(finger) + 2], at) < 1e-3f, $"{side} {finger} is {at}, expected {expected[HandJoint.First(finger) + 2]}");
                }
            }

            // Its key is down, and as large as the piano is.
            var key = model.LogicalNodes.Single(each => each.Name == $"key_{note.Key.Midi}").GetWorldMatrix(animation, (float)(frame / clip.Fps));
            Assert.Equal(1 / scale, new Vector3(key.M11, key.M12, key.M13).Length(), 1e-3f);
            Assert.True(Vector3.TransformNormal(Vector3.UnitZ, key).Y < -0.01f);
        }
    }

    [Fact]
    public void TheAvatarStaysAsItWas_ButForItsAnimations()
    {
        var (_, rig, path) = Written(TestRig.Mixamo(), 1);
        var model = ModelRoot.Load(path);
        Assert.Equal(rig.Nodes.Select(node => node.Name), model.LogicalNodes.Take(rig.Nodes.Count).Select(node => node.Name));
        Assert.Single(model.LogicalAnimations);
        Assert.Contains(model.LogicalNodes, node => node.Name == "bench");
        Assert.Equal("piano", Assert.Single(model.LogicalNodes, node => node.Name == "keyboard").VisualParent.Name);
    }

    [Fact]
    public void TheFile_IsValid()
    {
        Assert.SkipUnless(Capabilities.Node, "node or npm is not installed");
        var report = GltfValidator.Validate(Written(TestRig.Mixamo(), 0.8f).Path);
        Assert.True(report.GetProperty("errors").GetInt32() == 0 && report.GetProperty("warnings").GetInt32() == 0, report.ToString());
    }

    [Fact]
    public void ABrokenFile_IsToldInALine()
    {
        var path = _folder.PathOf("broken.gltf");
        File.WriteAllBytes(path, [.. TestRig.Mixamo().SkipLast(40)]);
        Assert.DoesNotContain('\n', Assert.Throws<UnreadableFileException>(() => AvatarGlb.Read(path)).Message);
        File.WriteAllText(path, System.Text.Encoding.UTF8.GetString(TestRig.Mixamo()).Replace("\"asset\"", "\"extensionsRequired\":[\"KHR_draco_mesh_compression\"],\"asset\"", StringComparison.Ordinal));
        Assert.Contains("KHR_draco_mesh_compression", Assert.Throws<UnreadableFileException>(() => AvatarGlb.Read(path)).Message, StringComparison.Ordinal);
    }

    private (TwoHandClip Clip, Rig Rig, string Path) Written(byte[] gltf, float scale)
    {
        var file = _folder.PathOf("rig.gltf");
        File.WriteAllBytes(file, gltf);
        var rig = AvatarGlb.Read(file);
        var humanoid = rig.ToHumanoid().Times(scale);
        var hands = PerHand.Create(side => new HumanoidHand(humanoid, side));
        Note[] notes = [new(0.5, 0.9, new PianoKey(60), 80), new(0.8, 1.2, new PianoKey(48), 70), new(1.1, 1.5, new PianoKey(67), 90)];
        var style = PerformanceStyle.Neutral with { HandSize = Math.Clamp(hands.Right.Skeleton.Reach, HandSkeleton.SmallestSize, HandSkeleton.LargestSize) };
        var clip = KinematicPianist.Perform(FingeringPlanner.Plan(notes).Notes, style, hands: hands.Map(hand => hand.Skeleton)).Clip;
        var path = _folder.PathOf("out.glb");
        AvatarGlb.Write(path, file, rig, SeatedPianist.Play(humanoid, hands, clip), scale, clip);
        return (clip, rig, path);
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
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

    [Theory]
    [InlineData("\"rotation\":[0,1,0,0]")] // looks along −z, as VRM 0.x does
    [InlineData("\"rotation\":[0,0.7071068,0,0.7071068],\"translation\":[3,0.5,2]")]
    [InlineData("\"scale\":[100,100,100]")] // in centimetres
    public void HoweverTheRigIsTurnedMovedAndScaled_ItIsTheSamePersonAtTheSamePlace(string root)
    {
        var humanoid = AvatarFile.Read(Rig(TestRig.Mixamo())).Rig.ToHumanoid();
        var changed = System.Text.Encoding.UTF8.GetString(TestRig.Mixamo()).Replace("{\"name\":\"root\",\"translation\":[0,0,0]", $"{{\"name\":\"root\",{root}", StringComparison.Ordinal);
        Assert.Contains(root, changed, StringComparison.Ordinal);
        var file = AvatarFile.Read(Rig(System.Text.Encoding.UTF8.GetBytes(changed)));
        var rig = file.Rig;
        var other = rig.ToHumanoid();
        var size = other["head"].Y > 50 ? 100 : 1;
        foreach (var bone in humanoid.Bones)
        {
            Assert.True(Vector3.Distance(humanoid[bone] - humanoid["hips"], (other[bone] - other["hips"]) / size) < 1e-4f, $"{bone} is {other[bone]}");
        }

        var scaled = other.Times(1f / size);
        var hands = PerHand.Create(side => new HumanoidHand(scaled, side));
        var (clip, path) = (Performed(hands), _folder.PathOf("turned.glb"));
        var motion = SeatedPianist.Play(scaled, hands, clip);
        AvatarGlb.Write(path, file, motion, 1f / size, clip);
        var model = ModelRoot.Load(path);
        var expected = motion.Positions(20);
        foreach (var (bone, node) in rig.Bones)
        {
            var at = model.LogicalNodes[node].GetWorldMatrix(model.LogicalAnimations[0], (float)(20 / clip.Fps)).Translation / size;
            Assert.True(Vector3.Distance(expected[bone], at) < 2e-3f, $"{bone} is {at}, expected {expected[bone]}");
        }
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1.4f)]
    public void ItsSkin_IsWhereAnotherProgramHasIt(float scale)
    {
        var file = AvatarFile.Pianist(TwoHandClip.SkeletonsOfSize(1));
        var humanoid = file.Rig.ToHumanoid().Times(scale);
        var hands = PerHand.Create(side => new HumanoidHand(humanoid, side));
        var (clip, path) = (Performed(hands), _folder.PathOf("out.glb"));
        var motion = SeatedPianist.Play(humanoid, hands, clip);
        AvatarGlb.Write(path, file, motion, scale, clip);
        var skin = new AvatarSkin(file, motion, scale);
        skin.Pose(20 / clip.Fps);
        var model = ModelRoot.Load(path);
        var parts = model.LogicalNodes.Where(node => node.Skin is not null).SelectMany(node => node.Mesh.Primitives.Select(primitive => (node.Skin, primitive))).ToList();
        Assert.Equal(skin.Parts.Count, parts.Count);
        foreach (var (part, (joints, primitive)) in skin.Parts.Zip(parts))
        {
            var (places, numbers, weights) = (primitive.GetVertexAccessor("POSITION").AsVector3Array(), primitive.GetVertexAccessor("JOINTS_0").AsVector4Array(), primitive.GetVertexAccessor("WEIGHTS_0").AsVector4Array());
            for (var i = 0; i < places.Count; i += 97)
            {
                var at = Vector3.Zero;
                for (var k = 0; k < 4; k++)
                {
                    var (joint, inverse) = joints.GetJoint((int)numbers[i][k]);
                    at += weights[i][k] * Vector3.Transform(places[i], inverse * joint.GetWorldMatrix(model.LogicalAnimations[0], (float)(20 / clip.Fps)));
                }

                Assert.True(Vector3.Distance(scale * at, part.Positions[i]) < 1.5e-3f, $"{part.Positions[i]}, expected {scale * at}");
            }
        }
    }

    [Fact]
    public void HandsWithoutABody_PlayByThemselves()
    {
        var file = AvatarFile.Read(Rig(TestRig.Gltf(bone => bone.EndsWith("Hand", StringComparison.Ordinal) ? bone : "thing", TestRig.MixamoJoint)));
        Assert.False(file.Rig.Has("hips"));
        var humanoid = LooseHands.Of(file.Rig.ToHumanoid());
        Assert.False(SeatedPianist.CanSeat(humanoid));
        var hands = PerHand.Create(side => new HumanoidHand(humanoid, side));
        var (clip, path) = (Performed(hands), _folder.PathOf("out.glb"));
        AvatarGlb.Write(path, file, LooseHands.Play(humanoid, hands, clip), 1, clip);
        var model = ModelRoot.Load(path);
        Assert.DoesNotContain(model.LogicalNodes, node => node.Name == "bench");
        foreach (var side in HandSides.Both)
        {
            var expected = clip.Points(side).AsSpan(20 * HandJoint.PointCount, HandJoint.PointCount);
            foreach (var (bone, point) in Fingers.All.Select(finger => (HumanoidBones.Joint(side, finger, 2), HandJoint.First(finger) + 2)).Append((HumanoidBones.Hand(side), HandJoint.Wrist)))
            {
                var at = model.LogicalNodes[file.Rig.Bones[bone]].GetWorldMatrix(model.LogicalAnimations[0], (float)(20 / clip.Fps)).Translation;
                Assert.True(Vector3.Distance(expected[point], at) < 1e-3f, $"{bone} is {at}, expected {expected[point]}");
            }
        }
    }

    [Fact]
    public void AHeadsetsHand_WhoseJointsLieSideBySide_Plays()
    {
        // As WebXR calls its joints, in no order; which hand it is only the mesh tells.
        var right = HandSkeleton.Create(HandSide.Right).Points.ToArray();
        var model = ModelRoot.CreateModel();
        var armature = model.UseScene("scene").CreateNode("Armature");
        var joints = new List<Node>();
        void Joint(string name, Vector3 at)
        {
            joints.Add(armature.CreateNode(name));
            joints[^1].LocalTransform = new SharpGLTF.Transforms.AffineTransform(Vector3.One, Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.3f * joints.Count), at);
        }

        foreach (var finger in Fingers.All)
        {
            var (first, name) = (HandJoint.First(finger), finger == Finger.Thumb ? "thumb" : $"{(finger == Finger.Little ? "pinky" : finger.ToString().ToLowerInvariant())}-finger");
            Joint($"{name}-tip", right[HandJoint.Tip(finger)]);
            Joint($"{name}-phalanx-distal", right[first + 2]);
            if (finger != Finger.Thumb) Joint($"{name}-phalanx-intermediate", right[first + 1]);
            Joint($"{name}-phalanx-proximal", right[finger == Finger.Thumb ? first + 1 : first]);
            Joint($"{name}-metacarpal", finger == Finger.Thumb ? right[first] : 0.3f * right[first]);
        }

        Joint("wrist", Vector3.Zero);
        var skin = model.CreateSkin();
        skin.BindJoints([.. joints.Select(node => (node, Matrix4x4.Invert(node.WorldMatrix, out var inverse) ? inverse : default))]);
        var primitive = model.CreateMesh().CreatePrimitive();
        primitive.SetVertexAccessor("POSITION", Accessor(model, (Vector3[])[default, Vector3.UnitX, Vector3.UnitY], DimensionType.VEC3, EncodingType.FLOAT));
        primitive.SetVertexAccessor("JOINTS_0", Accessor(model, new uint[3], DimensionType.VEC4, EncodingType.UNSIGNED_BYTE));
        primitive.SetVertexAccessor("WEIGHTS_0", Accessor(model, (Vector4[])[Vector4.UnitX, Vector4.UnitX, Vector4.UnitX], DimensionType.VEC4, EncodingType.FLOAT));
        var mesh = armature.CreateNode("r_handMeshNode");
        (mesh.Mesh, mesh.Skin) = (primitive.LogicalParent, skin);
        model.SaveGLB(_folder.PathOf("hand.glb"));

        var file = AvatarFile.Read(_folder.PathOf("hand.glb"));
        Assert.True(file.Rig.HasHand(HandSide.Right) && !file.Rig.HasHand(HandSide.Left));
        var humanoid = LooseHands.Of(file.Rig.ToHumanoid());
        var own = new HumanoidHand(humanoid, HandSide.Right);
        Assert.Equal(0.18f, own.Skeleton.Length, 0.02f);
        var hands = new PerHand<HumanoidHand>(HumanoidHand.Of(own.Skeleton.Mirrored()), own);
        var (clip, path) = (Performed(hands), _folder.PathOf("out.glb"));
        AvatarGlb.Write(path, file, LooseHands.Play(humanoid, hands, clip), 1, clip);
        var played = ModelRoot.Load(path);
        Vector3 At(string name) => played.LogicalNodes.Single(node => node.Name == name).GetWorldMatrix(played.LogicalAnimations[0], (float)(20 / clip.Fps)).Translation;
        var expected = clip.Points(HandSide.Right).AsSpan(20 * HandJoint.PointCount, HandJoint.PointCount);
        Assert.True(Vector3.Distance(expected[HandJoint.Wrist], At("wrist")) < 1e-3f);
        Assert.True(Vector3.Distance(expected[HandJoint.First(Finger.Ring) + 2], At("ring-finger-phalanx-distal")) < 1e-3f);
        Assert.True(Vector3.Distance(expected[HandJoint.First(Finger.Thumb)], At("thumb-metacarpal")) < 1e-3f);
        // Bones of the palm go along with the wrist.
        Assert.True(Vector3.Distance(Vector3.Lerp(At("wrist"), At("middle-finger-phalanx-proximal"), 0.3f), At("middle-finger-metacarpal")) < 1e-3f);
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

    [Theory]
    [InlineData(1f)]
    [InlineData(0.8f)]
    public void AsAVrmAnimation_BonesAreWhereTheyAre_TheFloorAtHeight0(float scale)
    {
        var humanoid = AvatarFile.Read(Rig(TestRig.Mixamo())).Rig.ToHumanoid().Times(scale);
        var hands = PerHand.Create(side => new HumanoidHand(humanoid, side));
        var motion = SeatedPianist.Play(humanoid, hands, Performed(hands));
        var path = _folder.PathOf("out.vrma");
        VrmAnimation.Write(path, motion, scale);

        var bytes = File.ReadAllBytes(path);
        using var json = JsonDocument.Parse(bytes.AsMemory(20, BitConverter.ToInt32(bytes, 12)));
        var extension = json.RootElement.GetProperty("extensions").GetProperty("VRMC_vrm_animation");
        Assert.Equal("1.0", extension.GetProperty("specVersion").GetString());
        Assert.Contains("VRMC_vrm_animation", json.RootElement.GetProperty("extensionsUsed").EnumerateArray().Select(each => each.GetString()));
        var bones = extension.GetProperty("humanoid").GetProperty("humanBones").EnumerateObject().ToDictionary(bone => bone.Name, bone => bone.Value.GetProperty("node").GetInt32());
        Assert.Equal(humanoid.Bones.Where(HumanoidBones.IsKnown).Order(), bones.Keys.Order());
        var model = ModelRoot.Load(path);
        var animation = model.LogicalAnimations[0];
        foreach (var frame in (int[])[0, 20, motion.FrameCount - 1])
        {
            var expected = motion.Positions(frame);
            foreach (var (bone, node) in bones)
            {
                Assert.Equal(Quaternion.Identity, model.LogicalNodes[node].LocalTransform.Rotation);
                var at = scale * model.LogicalNodes[node].GetWorldMatrix(animation, (float)(frame / motion.Fps)).Translation - SeatedPianist.Floor * Vector3.UnitY;
                Assert.True(Vector3.Distance(expected[bone], at) < 1e-3f, $"{bone} is {at}, expected {expected[bone]}");
            }
        }
    }

    [Fact]
    public void TheFile_IsValid()
    {
        Assert.SkipUnless(Capabilities.Node, "node or npm is not installed");
        var report = GltfValidator.Validate(Written(TestRig.Mixamo(), 0.8f).Path);
        Assert.True(report.GetProperty("errors").GetInt32() == 0 && report.GetProperty("warnings").GetInt32() == 0, report.ToString());
    }

    [Fact]
    public void WithoutABoneAtItsEnd_AFingerEndsWhereItsMeshDoes_InThePoseInWhichThatWasBound()
    {
        var path = _folder.PathOf("skinned.glb");
        var model = ModelRoot.Load(Rig(TestRig.Gltf(TestRig.MixamoBody, TestRig.MixamoJoint, tips: false)));
        var joints = model.LogicalNodes.Where(node => node.Name.Contains("Hand", StringComparison.Ordinal)).ToArray();
        var last = Array.FindIndex(joints, node => node.Name == TestRig.MixamoJoint(HandSide.Left, Finger.Index, 2));
        var at = joints[last].WorldMatrix.Translation;
        // One corner far beyond goes mostly with another bone.
        Vector3[] corners = [at, at + new Vector3(0.018f, 0.004f, 0), at + new Vector3(0.05f, 0, 0)];
        var skin = model.CreateSkin();
        skin.BindJoints([.. joints.Select(node => (node, Matrix4x4.Invert(node.WorldMatrix, out var inverse) ? inverse : default))]);
        var primitive = model.CreateMesh().CreatePrimitive();
        primitive.SetVertexAccessor("POSITION", Accessor(model, corners, DimensionType.VEC3, EncodingType.FLOAT));
        primitive.SetVertexAccessor("JOINTS_0", Accessor(model, corners.Select(_ => (uint)last).ToArray(), DimensionType.VEC4, EncodingType.UNSIGNED_BYTE));
        primitive.SetVertexAccessor("WEIGHTS_0", Accessor(model, (Vector4[])[new(1, 0, 0, 0), new(0.6f, 0.4f, 0, 0), new(0.2f, 0.8f, 0, 0)], DimensionType.VEC4, EncodingType.FLOAT));
        var holder = model.DefaultScene.CreateNode("body");
        (holder.Mesh, holder.Skin) = (primitive.LogicalParent, skin);
        // Then the arm is moved: the skin still tells how it was.
        model.LogicalNodes.Single(node => node.Name == TestRig.MixamoBody("leftLowerArm")).LocalTransform *= Matrix4x4.CreateRotationZ(0.7f);
        model.SaveGLB(path);

        var humanoid = AvatarFile.Read(path).Rig.ToHumanoid();
        Assert.Equal(at + new Vector3(0.018f, 0, 0), humanoid[HumanoidBones.Tip(HandSide.Left, Finger.Index)], (a, b) => Vector3.Distance(a, b) < 1e-4f);
        Assert.False(humanoid.Has(HumanoidBones.Tip(HandSide.Left, Finger.Middle)));
    }

    [Fact]
    public void TheMesh_TellsHowThickFingersAre_HowBroadTheTrunkIs_AndWhereTheSolesAre()
    {
        var path = _folder.PathOf("skinned.glb");
        var model = ModelRoot.Load(Rig(TestRig.Mixamo()));
        string[] bones = [TestRig.MixamoJoint(HandSide.Left, Finger.Index, 1), TestRig.MixamoBody("spine"), TestRig.MixamoBody("rightToes")];
        var joints = bones.Select(bone => model.LogicalNodes.Single(node => node.Name == bone)).ToArray();
        Vector3 At(int joint) => joints[joint].WorldMatrix.Translation;
        // Rings around a finger's bone, an ellipse around the spine, and a sole.
        var around = Enumerable.Range(0, 24).Select(i => MathF.SinCos(i * MathF.Tau / 24)).ToArray();
        (Vector3 Corner, uint Joint)[] corners =
        [
            .. around.Select(turn => (At(0) + new Vector3(0.01f, 0.007f * turn.Sin, 0.007f * turn.Cos), 0u)),
            .. around.Select(turn => (At(1) + new Vector3(0.15f * turn.Cos, 0.05f, 0.1f * turn.Sin), 1u)),
            (At(2) - new Vector3(0, 0.04f, 0), 2u),
        ];
        var skin = model.CreateSkin();
        skin.BindJoints([.. joints.Select(node => (node, Matrix4x4.Invert(node.WorldMatrix, out var inverse) ? inverse : default))]);
        var primitive = model.CreateMesh().CreatePrimitive();
        primitive.SetVertexAccessor("POSITION", Accessor(model, corners.Select(each => each.Corner).ToArray(), DimensionType.VEC3, EncodingType.FLOAT));
        primitive.SetVertexAccessor("JOINTS_0", Accessor(model, corners.Select(each => each.Joint).ToArray(), DimensionType.VEC4, EncodingType.UNSIGNED_BYTE));
        primitive.SetVertexAccessor("WEIGHTS_0", Accessor(model, corners.Select(_ => Vector4.UnitX).ToArray(), DimensionType.VEC4, EncodingType.FLOAT));
        var holder = model.DefaultScene.CreateNode("body");
        (holder.Mesh, holder.Skin) = (primitive.LogicalParent, skin);
        model.SaveGLB(path);

        var person = AvatarFile.Read(path).Rig.ToHumanoid();
        Assert.Equal(0.007f, person.Shape.Thickness[HumanoidBones.Joint(HandSide.Left, Finger.Index, 1)], 1e-4f);
        Assert.Equal(0.007f, new HumanoidHand(person, HandSide.Left).Skeleton.Thickness.Of(Finger.Index, 1), 1e-4f);
        Assert.Equal(At(2).Y - 0.04f, person.Ground, 1e-4f);
        Assert.InRange(person.Shape.Waist!.Value.X, 0.14f, 0.151f);
        Assert.InRange(person.Shape.Waist!.Value.Y, 0.08f, 0.101f);
    }

    [Fact]
    public void ABrokenFile_IsToldInALine()
    {
        var path = _folder.PathOf("broken.gltf");
        File.WriteAllBytes(path, [.. TestRig.Mixamo().SkipLast(40)]);
        Assert.DoesNotContain('\n', Assert.Throws<UnreadableFileException>(() => AvatarFile.Read(path)).Message);
        File.WriteAllText(path, System.Text.Encoding.UTF8.GetString(TestRig.Mixamo()).Replace("\"asset\"", "\"extensionsRequired\":[\"KHR_draco_mesh_compression\"],\"asset\"", StringComparison.Ordinal));
        Assert.Contains("KHR_draco_mesh_compression", Assert.Throws<UnreadableFileException>(() => AvatarFile.Read(path)).Message, StringComparison.Ordinal);
    }

    private (TwoHandClip Clip, Rig Rig, string Path) Written(byte[] gltf, float scale)
    {
        var file = AvatarFile.Read(Rig(gltf));
        var humanoid = file.Rig.ToHumanoid().Times(scale);
        var hands = PerHand.Create(side => new HumanoidHand(humanoid, side));
        var clip = Performed(hands);
        var path = _folder.PathOf("out.glb");
        AvatarGlb.Write(path, file, SeatedPianist.Play(humanoid, hands, clip), scale, clip);
        return (clip, file.Rig, path);
    }

    private static Accessor Accessor<T>(ModelRoot model, T[] values, DimensionType dimensions, EncodingType encoding)
        where T : unmanaged
    {
        var accessor = model.CreateAccessor();
        accessor.SetVertexData(model.UseBufferView(MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), 0, null, 0, BufferMode.ARRAY_BUFFER), 0, values.Length, new SharpGLTF.Memory.AttributeFormat(dimensions, encoding));
        return accessor;
    }

    private string Rig(byte[] gltf)
    {
        var file = _folder.PathOf("rig.gltf");
        File.WriteAllBytes(file, gltf);
        return file;
    }

    private static TwoHandClip Performed(PerHand<HumanoidHand> hands)
    {
        Note[] notes = [new(0.5, 0.9, new PianoKey(60), 80), new(0.8, 1.2, new PianoKey(48), 70), new(1.1, 1.5, new PianoKey(67), 90)];
        var style = PerformanceStyle.Neutral with { HandSize = Math.Clamp(hands.Right.Skeleton.Reach, HandSkeleton.SmallestSize, HandSkeleton.LargestSize) };
        return KinematicPianist.Perform(FingeringPlanner.Plan(notes).Notes, style, hands: hands.Map(hand => hand.Skeleton)).Clip;
    }
}

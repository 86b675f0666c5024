using System.Text;
using Duomano.Core.Body;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Formats.Avatars;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Avatars;

public sealed class RigFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Programs => ["Mixamo", "Ready Player Me", "Unity", "Rigify", "Unreal", "VRoid", "Biped", "plain"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Bones_are_told_by_the_names_that_programs_give(string program)
    {
        var rig = Read(TestRig.Gltf(bone => Body(program, bone), (side, finger, joint) => Joint(program, side, finger, joint)));
        Assert.Equal(("glTF 2.0", "names"), (rig.Format, rig.BonesBy));
        AssertWhole(rig);
        Assert.Equal(HumanoidBones.Body.Order(), HumanoidBones.Body.Where(rig.Has).Order());
    }

    [Fact]
    public void Bones_are_told_by_the_file_itself()
    {
        string Nameless(string bone) => "n";
        var one = Read(TestRig.Vrm(Nameless, (_, _, _) => "n"));
        Assert.Equal(("VRM 1.0", "VRM 1.0"), (one.Format, one.BonesBy));
        AssertWhole(one);

        static string Old(string bone) => bone.Contains("Thumb", StringComparison.Ordinal) ? bone.Replace("Proximal", "Intermediate", StringComparison.Ordinal).Replace("Metacarpal", "Proximal", StringComparison.Ordinal) : bone;
        var zero = Read(TestRig.Gltf(Nameless, (_, _, _) => "n", bones => $"{{\"VRM\":{{\"humanoid\":{{\"humanBones\":[{string.Join(',', bones.Select(bone => $"{{\"bone\":\"{Old(bone.Key)}\",\"node\":{bone.Value}}}"))}]}}}}}}"));
        Assert.Equal("VRM 0.x", zero.Format);
        AssertWhole(zero);
        Assert.Equal(one.Bones, zero.Bones);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    public void Hands_without_names_are_told_by_their_structure(int count)
    {
        Finger[] fingers = count == 5 ? [.. Fingers.All] : [Finger.Thumb, Finger.Index, Finger.Middle, Finger.Little];
        var named = Read(TestRig.Gltf(bone => bone, (side, finger, joint) => $"{side}{finger}{joint + 1}", fingers: fingers));
        var rig = Read(TestRig.Gltf(_ => "", (_, _, _) => "", fingers: fingers));
        Assert.Equal("the structure of two hands", rig.BonesBy);
        foreach (var side in HandSides.Both)
        {
            Assert.Equal(named.Bones[HumanoidBones.Hand(side)], rig.Bones[HumanoidBones.Hand(side)]);
            Assert.Equal(fingers, Fingers.All.Where(finger => rig.IsWhole(side, finger)));
            foreach (var finger in fingers) Assert.Equal(named.Bones[HumanoidBones.Joint(side, finger, 0)], rig.Bones[HumanoidBones.Joint(side, finger, 0)]);
        }
    }

    [Fact]
    public void A_list_of_ones_own_goes_before_what_is_found()
    {
        var rigFile = _folder.WithFile("rig.gltf", TestRig.Gltf(bone => bone == "leftHand" ? "claw" : bone, (side, finger, joint) => $"{side}{finger}{joint + 1}"));
        Assert.Equal(["leftHand"], RigFile.Read(rigFile).Missing());
        var bones = _folder.WithFile("bones.json", "{\"leftHand\": \"claw\"}"u8.ToArray());
        var rig = RigFile.Read(rigFile, bones);
        Assert.Empty(rig.Missing());
        Assert.Equal("claw", rig.Nodes[rig.Bones["leftHand"]].Name);
        _folder.WithFile("bones.json", "{\"leftPaw\": \"claw\"}"u8.ToArray());
        Assert.Contains("leftPaw: is no bone of VRM 1.0", Refusal(() => RigFile.Read(rigFile, bones)), StringComparison.Ordinal);
        _folder.WithFile("bones.json", "{\"leftHand\": \"paw\"}"u8.ToArray());
        Assert.Contains("leftHand: the rig has no node \"paw\"", Refusal(() => RigFile.Read(rigFile, bones)), StringComparison.Ordinal);
    }

    [Fact]
    public void Helpers_and_bones_of_the_palm_are_no_joints()
    {
        var text = Encoding.UTF8.GetString(TestRig.Gltf(bone => bone, (side, finger, joint) => joint == 0 && finger != Finger.Thumb ? $"{side}{finger}Metacarpal" : $"{side}{finger}{joint + (finger == Finger.Thumb ? 1 : 0)}"));
        var rig = Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal("RightIndex1", rig.Nodes[rig.Bones["rightIndexProximal"]].Name);
        Assert.Equal("", BoneName.Of("upperarm_twist_01_l").Part);
        Assert.Equal("", BoneName.Of("ik_hand_r").Part);
        Assert.Equal("", BoneName.Of("HeadTop_End").Part);
        Assert.Null(BoneName.Of("RightToeIndex1").Finger);
    }

    [Theory]
    [InlineData("{}", "the JSON is no glTF document (it has no 'asset')")]
    [InlineData("{\"asset\":{}}", "has no nodes")]
    [InlineData("{\"asset\":{},\"nodes\":[{\"children\":[1]},{\"children\":[0]}]}", "node 0: is among its own children")]
    [InlineData("{\"asset\":{},\"nodes\":[{\"children\":[2]},{\"children\":[2]},{}]}", "node 2: is a child of nodes 0 and 1")]
    [InlineData("{\"asset\":{},\"nodes\":[{\"children\":[7]}]}", "node 0: has a child 7, expected 0 to 0")]
    [InlineData("{\"asset\":{},\"nodes\":[{\"translation\":[1,2]}]}", "node 0: has a translation that is no list of 3 numbers")]
    [InlineData("{\"asset\":{},\"nodes\":[{}],\"extensions\":{\"VRMC_vrm\":{\"humanoid\":{\"humanBones\":{\"hips\":{\"node\":4}}}}}}", "hips: the bone's node is none of the file's 1")]
    [InlineData("glTF", "line 1: is neither a binary glTF file nor JSON")]
    [InlineData("", "the file is empty")]
    public void What_makes_no_sense_is_refused(string content, string problem)
    {
        var path = _folder.WithFile("rig.glb", Encoding.UTF8.GetBytes(content));
        Assert.Equal($"{path}: {problem}", Refusal(() => RigFile.Read(path)));
    }

    [Fact]
    public void Scaled_and_turned_nodes_are_taken_into_account()
    {
        const string Root = "\"name\":\"root\",\"translation\":[0,0,0]";
        var text = Encoding.UTF8.GetString(TestRig.Mixamo());
        var small = Read(Encoding.UTF8.GetBytes(text.Replace(Root, "\"name\":\"root\",\"scale\":[0.01,0.01,0.01],\"rotation\":[0.7071068,0,0,0.7071068]", StringComparison.Ordinal)));
        Assert.Equal(0.01f * Read(TestRig.Mixamo()).Reach(HandSide.Left, Finger.Middle), small.Reach(HandSide.Left, Finger.Middle), 1e-6f);
        Assert.Equal(0.01f, small.Nodes[small.Bones["hips"]].Position.Z, 1e-5f);
    }

    private static void AssertWhole(Rig rig)
    {
        Assert.Empty(rig.Missing());
        foreach (var side in HandSides.Both)
        {
            Assert.True(rig.HasHand(side));

            // 8 cm of palm and 4, 3 and 2 cm of finger.
            Assert.Equal(MathF.Sqrt(0.08f * 0.08f + 0.03f * 0.03f) + 0.09f, rig.Reach(side, Finger.Middle), 1e-4f);
            Assert.All(Fingers.All, finger => Assert.Equal(rig.Bones[HumanoidBones.Joint(side, finger, 2)], rig.Nodes[rig.Bones[HumanoidBones.Tip(side, finger)]].Parent));
        }
    }

    private Rig Read(byte[] gltf) => RigFile.Read(_folder.WithFile("rig.gltf", gltf));

    private static string Refusal(Action read) => Assert.Throws<UnreadableFileException>(read).Message;

    private static string Body(string program, string bone)
    {
        var side = bone.StartsWith("left", StringComparison.Ordinal) ? HandSide.Left : HandSide.Right;
        var limb = bone.StartsWith("left", StringComparison.Ordinal) ? bone[4..] : bone.StartsWith("right", StringComparison.Ordinal) ? bone[5..] : null;
        var letter = side.ToString()[0];
        return program switch
        {
            "Mixamo" => TestRig.MixamoBody(bone),
            "Ready Player Me" => TestRig.MixamoBody(bone).Replace("mixamorig:", "", StringComparison.Ordinal),
            "Unity" => limb is null ? Spine(bone, "Spine", "Chest", "UpperChest") : $"{side} {limb}",
            "Rigify" => limb is null ? Spine(bone, "spine.001", "spine.002", "spine.003") : limb switch { "UpperArm" => "upper_arm", "LowerArm" => "forearm", "UpperLeg" => "thigh", "LowerLeg" => "shin", "Toes" => "toe", _ => limb.ToLowerInvariant() } + "." + letter,
            "Unreal" => limb is null ? Spine(bone, "spine_01", "spine_02", "spine_03").Replace("Hips", "pelvis", StringComparison.Ordinal) : limb switch { "Shoulder" => "clavicle", "UpperArm" => "upperarm", "LowerArm" => "lowerarm", "UpperLeg" => "thigh", "LowerLeg" => "calf", "Toes" => "ball", _ => limb.ToLowerInvariant() } + "_" + char.ToLowerInvariant(letter),
            "VRoid" => limb is null ? "J_Bip_C_" + Spine(bone, "Spine", "Chest", "UpperChest") : $"J_Bip_{letter}_{limb.Replace("Toes", "ToeBase", StringComparison.Ordinal)}",
            "Biped" => "Bip001 " + (limb is null ? Spine(bone, "Spine", "Spine1", "Spine2").Replace("Hips", "Pelvis", StringComparison.Ordinal) : $"{letter} " + limb switch { "Shoulder" => "Clavicle", "LowerArm" => "Forearm", "UpperLeg" => "Thigh", "LowerLeg" => "Calf", "Toes" => "Toe0", _ => limb }),
            _ => bone,
        };
    }

    private static string Spine(string bone, string spine, string chest, string upperChest) => bone switch { "hips" => "Hips", "spine" => spine, "chest" => chest, "upperChest" => upperChest, "neck" => "Neck", _ => "Head" };

    private static string Joint(string program, HandSide side, Finger finger, int joint)
    {
        var letter = side.ToString()[0];
        var pinky = finger == Finger.Little ? "Pinky" : finger.ToString();
        return program switch
        {
            "Mixamo" => TestRig.MixamoJoint(side, finger, joint),
            "Ready Player Me" => TestRig.MixamoJoint(side, finger, joint).Replace("mixamorig:", "", StringComparison.Ordinal),
            "Unity" => $"{side} {finger} {new[] { "Proximal", "Intermediate", "Distal", "Tip" }[joint]}",
            "Rigify" => $"{(finger == Finger.Thumb ? "thumb" : "f_" + pinky.ToLowerInvariant())}.0{joint + 1}.{letter}",
            "Unreal" => $"{pinky.ToLowerInvariant()}_0{joint + 1}_{char.ToLowerInvariant(letter)}",
            "VRoid" => joint == 3 ? $"J_Bip_{letter}_{finger}3_end" : $"J_Bip_{letter}_{finger}{joint + 1}",
            "Biped" => joint == 3 ? $"Bip001 {letter} Finger{(int)finger - 1}Nub" : $"Bip001 {letter} Finger{(int)finger - 1}{(joint == 0 ? "" : joint)}",
            _ => joint == 3 ? $"{side.Name()}-{pinky}-tip" : $"{side.Name()}-{pinky}-{joint + 1}",
        };
    }
}

using System.Globalization;
using System.Text;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Tests;

/// <summary>glTF files of a humanoid in a T-pose, without meshes, whose bones are called as one wants.</summary>
internal static class TestRig
{
    private static readonly float[] Lengths = [0.04f, 0.03f, 0.02f];
    private static readonly string[] Joints = ["Proximal", "Intermediate", "Distal"];
    private static readonly string[] ThumbJoints = ["Metacarpal", "Proximal", "Distal"];

    /// <summary>Makes one.</summary>
    /// <param name="body">What a bone of the body is called, by its name in VRM 1.0.</param>
    /// <param name="finger">What a finger's joint is called, 0 to 2, and 3 for its tip.</param>
    /// <param name="extensions">The file's extensions, given every bone's node.</param>
    /// <param name="fingers">The fingers it has.</param>
    /// <param name="tips">Whether fingers end with a node.</param>
    public static byte[] Gltf(Func<string, string> body, Func<HandSide, Finger, int, string> finger, Func<IReadOnlyDictionary<string, int>, string>? extensions = null, IReadOnlyList<Finger>? fingers = null, bool tips = true)
    {
        var (nodes, bones) = (new List<(string Name, List<int> Children, float X, float Y, float Z)>(), new Dictionary<string, int>(StringComparer.Ordinal));
        int Add(string name, int parent, float x, float y, float z)
        {
            nodes.Add((name, [], x, y, z));
            if (parent >= 0) nodes[parent].Children.Add(nodes.Count - 1);
            return nodes.Count - 1;
        }

        int Bone(string bone, int parent, float x, float y, float z = 0) => bones[bone] = Add(body(bone), parent, x, y, z);
        var hips = Bone("hips", Add("root", -1, 0, 0, 0), 0, 1);
        var chest = Bone("upperChest", Bone("chest", Bone("spine", hips, 0, 0.1f), 0, 0.1f), 0, 0.1f);
        Bone("head", Bone("neck", chest, 0, 0.2f), 0, 0.1f);
        foreach (var side in HandSides.Both)
        {
            var out_ = side == HandSide.Left ? 1 : -1;
            string Limb(string limb) => side.Name() + limb;
            Bone(Limb("Toes"), Bone(Limb("Foot"), Bone(Limb("LowerLeg"), Bone(Limb("UpperLeg"), hips, 0.1f * out_, 0), 0, -0.45f), 0, -0.45f), 0, -0.05f, 0.1f);
            var hand = Bone(Limb("Hand"), Bone(Limb("LowerArm"), Bone(Limb("UpperArm"), Bone(Limb("Shoulder"), chest, 0.05f * out_, 0.1f), 0.12f * out_, 0), 0.28f * out_, 0), 0.25f * out_, 0);
            foreach (var one in fingers ?? [.. Fingers.All])
            {
                var thumb = one == Finger.Thumb;
                var parent = hand;
                for (var joint = 0; joint < (tips ? 4 : 3); joint++)
                {
                    var length = joint == 0 ? thumb ? 0.02f : 0.08f : Lengths[joint - 1];
                    parent = Add(finger(side, one, joint), parent, length * out_, 0, joint == 0 ? 0.03f - 0.02f * (int)one + (thumb ? 0.02f : 0) : 0);
                    if (joint < 3) bones[side.Name() + one + (thumb ? ThumbJoints : Joints)[joint]] = parent;
                }
            }
        }

        var json = new StringBuilder("{\"asset\":{\"version\":\"2.0\"},\"nodes\":[");
        for (var i = 0; i < nodes.Count; i++)
        {
            var (name, children, x, y, z) = nodes[i];
            json.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{{\"name\":\"{name}\",\"translation\":[{x},{y},{z}]{(children.Count > 0 ? $",\"children\":[{string.Join(',', children)}]" : "")}}}");
        }

        json.Append("],\"scenes\":[{\"nodes\":[0]}],\"scene\":0");
        if (extensions is not null) json.Append(",\"extensions\":").Append(extensions(bones));
        return Encoding.UTF8.GetBytes(json.Append('}').ToString());
    }

    /// <summary>One as Mixamo calls its bones.</summary>
    public static byte[] Mixamo() => Gltf(MixamoBody, MixamoJoint);

    /// <summary>One as VRM 1.0 lists its bones.</summary>
    /// <param name="body">What its nodes are called.</param>
    /// <param name="finger">What those of its fingers are called.</param>
    public static byte[] Vrm(Func<string, string> body, Func<HandSide, Finger, int, string> finger) =>
        Gltf(body, finger, bones => $"{{\"VRMC_vrm\":{{\"humanoid\":{{\"humanBones\":{{{string.Join(',', bones.Select(bone => $"\"{bone.Key}\":{{\"node\":{bone.Value}}}"))}}}}}}}}}");

    /// <summary>What Mixamo calls a finger's joint.</summary>
    public static string MixamoJoint(HandSide side, Finger finger, int joint) => $"mixamorig:{side}Hand{(finger == Finger.Little ? "Pinky" : finger)}{joint + 1}";

    /// <summary>What Mixamo calls a bone of the body.</summary>
    public static string MixamoBody(string bone) => "mixamorig:" + bone switch
    {
        "hips" => "Hips",
        "spine" => "Spine",
        "chest" => "Spine1",
        "upperChest" => "Spine2",
        "neck" => "Neck",
        "head" => "Head",
        _ when bone.StartsWith("left", StringComparison.Ordinal) => "Left" + Limb(bone[4..]),
        _ => "Right" + Limb(bone[5..]),
    };

    private static string Limb(string limb) => limb switch
    {
        "UpperArm" => "Arm",
        "LowerArm" => "ForeArm",
        "UpperLeg" => "UpLeg",
        "LowerLeg" => "Leg",
        "Toes" => "ToeBase",
        _ => limb,
    };
}

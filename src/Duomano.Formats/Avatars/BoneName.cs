using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Formats.Avatars;

/// <summary>
/// What a node's name says of the bone it is: Mixamo ("mixamorig:LeftHandIndex1"), Ready Player Me ("LeftHandIndex1"), Unity ("Left Index
/// Proximal"), Rigify ("f_index.01.L"), Unreal ("index_01_l"), VRoid ("J_Bip_L_Index1"), Biped ("Bip001 L Finger1"), WebXR
/// ("index-finger-phalanx-proximal") and plain names.
/// </summary>
/// <param name="Side">The side, where it is named.</param>
/// <param name="Finger">The finger, if it is one's.</param>
/// <param name="Part">What part of a finger if it is none of its joints, or which other bone; empty where nothing is recognised.</param>
internal readonly record struct BoneName(HandSide? Side, Finger? Finger, string Part)
{
    public const string Metacarpal = "metacarpal";
    public const string Tip = "tip";

    // Nodes that move others or are moved along with them.
    private static readonly HashSet<string> Helpers = new(["twist", "roll", "ik", "pole", "target", "ctrl", "control", "mch", "helper", "nub", "socket", "weapon", "prop", "jiggle", "corrective", "slot", "attach"], StringComparer.Ordinal);

    private static readonly HashSet<string> Prefixes = new(["mixamorig", "bip", "biped", "def", "org", "j", "cc", "base", "valvebiped", "armature", "rig", "bone", "jnt", "joint", "sk", "skeleton", "c", "f", "phalanx", "finger", "human"], StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["hips"] = "hips",
        ["hip"] = "hips",
        ["pelvis"] = "hips",
        ["spine"] = "spine",
        ["chest"] = "spine",
        ["upperchest"] = "spine",
        ["torso"] = "spine",
        ["upperbody"] = "spine",
        ["upperspine"] = "spine",
        ["neck"] = "neck",
        ["head"] = "head",
        ["shoulder"] = "Shoulder",
        ["clavicle"] = "Shoulder",
        ["collar"] = "Shoulder",
        ["collarbone"] = "Shoulder",
        ["arm"] = "UpperArm",
        ["upperarm"] = "UpperArm",
        ["uparm"] = "UpperArm",
        ["forearm"] = "LowerArm",
        ["lowerarm"] = "LowerArm",
        ["elbow"] = "LowerArm",
        ["hand"] = "Hand",
        ["wrist"] = "Hand",
        ["upleg"] = "UpperLeg",
        ["upperleg"] = "UpperLeg",
        ["thigh"] = "UpperLeg",
        ["leg"] = "LowerLeg",
        ["lowerleg"] = "LowerLeg",
        ["shin"] = "LowerLeg",
        ["calf"] = "LowerLeg",
        ["knee"] = "LowerLeg",
        ["foot"] = "Foot",
        ["ankle"] = "Foot",
        ["toebase"] = "Toes",
        ["toe"] = "Toes",
        ["toes"] = "Toes",
        ["ball"] = "Toes",
    };

    /// <summary>Reads a name.</summary>
    public static BoneName Of(string name)
    {
        var tokens = Tokens(name);
        HandSide? side = null;
        var number = "";
        var words = new List<string>();
        foreach (var token in tokens)
        {
            if (char.IsAsciiDigit(token[0])) number = token;
            else if (SideOf(token) is { } named) side = named;
            else words.Add(token);
        }

        if (words.Any(Helpers.Contains)) return new(side, null, "");
        var finger = words.Contains("toe") || words.Contains("foot") ? null : words.Select(FingerOf).FirstOrDefault(found => found is not null);
        if (finger is not null) return new(side, finger, PartOf(words));

        // Biped numbers its fingers: "Bip001 L Finger1" is the index, "Finger12" its last joint.
        if (words.Contains("finger") && number is [>= '0' and <= '4'] or [>= '0' and <= '4', >= '0' and <= '4']) return new(side, (Finger)(number[0] - '0' + 1), "");
        return new(side, null, Bodies.GetValueOrDefault(string.Concat(words.Where(word => !Prefixes.Contains(word))), ""));
    }

    private static Finger? FingerOf(string word) => word switch
    {
        "thumb" => Core.Fingering.Finger.Thumb,
        "index" or "pointer" => Core.Fingering.Finger.Index,
        "middle" or "mid" => Core.Fingering.Finger.Middle,
        "ring" => Core.Fingering.Finger.Ring,
        "pinky" or "pinkie" or "little" => Core.Fingering.Finger.Little,
        _ => null,
    };

    private static string PartOf(List<string> words) =>
        words.Any(word => word is "metacarpal" or "meta" or "palm" or "carpal") ? Metacarpal
        : words.Any(word => word is "tip" or "end") ? Tip
        : "";

    private static HandSide? SideOf(string token) => token switch
    {
        "left" or "l" or "lf" or "lft" => HandSide.Left,
        "right" or "r" or "rt" or "rgt" => HandSide.Right,
        _ => null,
    };

    // Words and numbers in small letters, without what stands before a colon or bar.
    private static List<string> Tokens(string name)
    {
        name = name[(name.LastIndexOfAny([':', '|']) + 1)..];
        var tokens = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && !IsBorder(name, i)) continue;
            var word = name[start..i].Trim([' ', '_', '.', '-', '(', ')', '[', ']']).ToLowerInvariant();
            start = i;
            foreach (var side in (ReadOnlySpan<string>)["left", "right"])
            {
                if (word.Length <= side.Length || !word.StartsWith(side, StringComparison.Ordinal)) continue;
                tokens.Add(side);
                word = word[side.Length..];
            }

            if (word.Length > 0) tokens.Add(word);
        }

        return tokens;
    }

    private static bool IsBorder(string name, int i)
    {
        var (before, now) = (name[i - 1], name[i]);
        if (!char.IsLetterOrDigit(now) || !char.IsLetterOrDigit(before)) return true;
        if (char.IsDigit(before) != char.IsDigit(now)) return true;
        return char.IsUpper(now) && (char.IsLower(before) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
    }
}

using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Body;

/// <summary>
/// Names of the bones of a humanoid, those of VRM 1.0 (VRMC_vrm): "hips", "leftUpperArm", "rightIndexProximal". Fingertips, which VRM
/// does not name, are called "leftIndexTip" and so on here.
/// </summary>
public static class HumanoidBones
{
    private static readonly string[] Joints = ["Proximal", "Intermediate", "Distal"];
    private static readonly string[] ThumbJoints = ["Metacarpal", "Proximal", "Distal"];
    private static readonly string[] Limbs = ["Shoulder", "UpperArm", "LowerArm", "Hand", "UpperLeg", "LowerLeg", "Foot", "Toes"];

    /// <summary>Joints of a finger that turn.</summary>
    public const int FingerJoints = 3;

    /// <summary>All bones but those of the fingers.</summary>
    public static IReadOnlyList<string> Body { get; } =
    [
        "hips", "spine", "chest", "upperChest", "neck", "head",
        .. from side in HandSides.Both from limb in Limbs select Limb(side, limb),
    ];

    /// <summary>Bones that a body may lack and still be a whole humanoid.</summary>
    public static IReadOnlySet<string> Optional { get; } = new HashSet<string>(
        ["chest", "upperChest", "neck", .. HandSides.Both.SelectMany(side => new[] { Limb(side, "Shoulder"), Limb(side, "Toes") })], StringComparer.Ordinal);

    /// <summary>A limb's bone, such as "leftUpperArm".</summary>
    public static string Limb(HandSide side, string limb) => side.Name() + limb;

    /// <summary>A hand, such as "leftHand".</summary>
    public static string Hand(HandSide side) => Limb(side, "Hand");

    /// <summary>A finger's joint.</summary>
    /// <param name="side">Which hand.</param>
    /// <param name="finger">Which finger.</param>
    /// <param name="joint">0 for the one next to the palm to 2; for the thumb 0 is the metacarpal bone.</param>
    public static string Joint(HandSide side, Finger finger, int joint) => Of(side, finger) + (finger == Finger.Thumb ? ThumbJoints : Joints)[joint];

    /// <summary>A fingertip.</summary>
    public static string Tip(HandSide side, Finger finger) => Of(side, finger) + "Tip";

    /// <summary>Whether a bone of VRM 1.0 is called so.</summary>
    public static bool IsKnown(string name) => Known.Value.Contains(name);

    private static readonly Lazy<HashSet<string>> Known = new(() => new(
        [.. Body, "leftEye", "rightEye", "jaw", .. from side in HandSides.Both from finger in Fingers.All from joint in Enumerable.Range(0, FingerJoints) select Joint(side, finger, joint)], StringComparer.Ordinal));

    private static string Of(HandSide side, Finger finger) => side.Name() + finger;
}

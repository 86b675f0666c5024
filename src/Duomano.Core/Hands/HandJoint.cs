using Duomano.Core.Fingering;

namespace Duomano.Core.Hands;

/// <summary>
/// The joint tree of a hand in MANO's order: the wrist, then three joints each for index, middle, little, ring and
/// thumb, from the palm outwards; followed by the five fingertip pads from thumb to little finger.
/// </summary>
public static class HandJoint
{
    /// <summary>Index of the wrist.</summary>
    public const int Wrist = 0;

    /// <summary>Joints that can turn, the wrist included.</summary>
    public const int Count = 16;

    /// <summary>Joints and fingertip pads together.</summary>
    public const int PointCount = 21;

    /// <summary>Numbers in a pose: an axis-angle vector a joint.</summary>
    public const int PoseLength = Count * 3;

    private static readonly string[] PointNames =
    [
        "wrist", "index1", "index2", "index3", "middle1", "middle2", "middle3", "little1", "little2", "little3",
        "ring1", "ring2", "ring3", "thumb1", "thumb2", "thumb3",
        "thumb_tip", "index_tip", "middle_tip", "ring_tip", "little_tip",
    ];

    /// <summary>Index of the parent of each of the 21 points; −1 for the wrist.</summary>
    public static ReadOnlySpan<int> Parents => [-1, 0, 1, 2, 0, 4, 5, 0, 7, 8, 0, 10, 11, 0, 13, 14, 15, 3, 6, 12, 9];

    /// <summary>Name of a joint or pad as files spell it, such as "index1" or "thumb_tip".</summary>
    public static string Name(int point) => PointNames[point];

    /// <summary>Index of a finger's first joint; its other two follow.</summary>
    public static int First(Finger finger) => finger switch
    {
        Finger.Thumb => 13,
        Finger.Index => 1,
        Finger.Middle => 4,
        Finger.Ring => 10,
        Finger.Little => 7,
        _ => throw new ArgumentOutOfRangeException(nameof(finger), finger, "A finger is numbered 1 (thumb) to 5 (little finger)."),
    };

    /// <summary>Index of a finger's pad among the 21 points.</summary>
    public static int Tip(Finger finger) => Count + (int)finger - 1;
}

using System.Globalization;
using System.Numerics;
using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;

namespace Duomano.Formats.Motion;

/// <summary>
/// Writes motion as a Biovision hierarchy (.bvh), both hands in one file below a root, "hands", that stands still: joints
/// left_wrist, left_index1 …, right_…, with end sites at the fingertip pads. Metres, degrees, y up, in the piano frame.
/// Wrists have six channels, the other joints three (turns about z, x, y).
/// </summary>
public static class BvhMotion
{
    /// <summary>
    /// Writes a file a hand, with the wrist as its root: importers that ignore the positions of joints below the root (Unity, MotionBuilder)
    /// then move the hands. NAME.bvh becomes NAME.left.bvh and NAME.right.bvh.
    /// </summary>
    /// <param name="path">NAME.bvh.</param>
    /// <param name="clip">The motion.</param>
    /// <param name="scale">Units a metre, such as 100 for centimetres.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void WriteHands(string path, TwoHandClip clip, double scale = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        foreach (var side in HandSides.Both) WholeFile.Write(PathOf(path, side), stream => Write(stream, clip, side, scale), cancellation);
    }

    /// <summary>The file of one hand.</summary>
    public static string PathOf(string path, HandSide side) => Path.ChangeExtension(path, $"{side.Name()}{Path.GetExtension(path)}");

    private const string Turns = "Zrotation Xrotation Yrotation";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="clip">The motion.</param>
    /// <param name="progress">Told the share that is written, 0 to 1.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    public static void Write(string path, TwoHandClip clip, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        WholeFile.Write(path, stream => Write(stream, clip, progress), cancellation);
    }

    /// <summary>Writes a file in other units than metres.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="clip">The motion.</param>
    /// <param name="scale">Units a metre, such as 100 for centimetres.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    public static void Write(string path, TwoHandClip clip, double scale, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        WholeFile.Write(path, stream => Write(stream, clip, null, scale), cancellation);
    }

    /// <summary>Writes to a stream.</summary>
    public static void Write(Stream stream, TwoHandClip clip, IProgress<double>? progress = null) => Write(stream, clip, null, 1, progress);

    private static void Write(Stream stream, TwoHandClip clip, HandSide? only, double scale, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(clip);
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        HandSide[] sides = only is { } one ? [one] : [.. HandSides.Both];
        if (only is null)
        {
            text.WriteLine("HIERARCHY\nROOT hands\n{\n  OFFSET 0 0 0\n  CHANNELS 6 Xposition Yposition Zposition " + Turns);
            foreach (var side in sides) WriteJoint(text, clip.Skeletons[side], HandJoint.Wrist, "  ", "JOINT", scale);
            text.WriteLine("}\nMOTION");
        }
        else
        {
            text.WriteLine("HIERARCHY");
            WriteJoint(text, clip.Skeletons[sides[0]], HandJoint.Wrist, "", "ROOT", scale);
            text.WriteLine("MOTION");
        }

        text.WriteLine($"Frames: {clip.FrameCount}");
        text.WriteLine($"Frame Time: {Text(1 / clip.Fps)}");
        var angles = PerHand.Create(_ => new Vector3[HandJoint.Count]);
        int[] order = [.. Order(HandJoint.Wrist)];
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            if (only is null) text.Write("0 0 0 0 0 0 ");
            for (var i = 0; i < sides.Length; i++)
            {
                if (i > 0) text.Write(' ');
                WriteFrame(text, clip.Hands[sides[i]], frame, order, angles[sides[i]], scale);
            }

            text.WriteLine();
            progress?.Report((frame + 1.0) / clip.FrameCount);
        }
    }

    private static void WriteJoint(StreamWriter text, HandSkeleton skeleton, int point, string indent, string kind, double scale)
    {
        var isTip = point >= HandJoint.Count;
        text.WriteLine(isTip ? $"{indent}End Site" : $"{indent}{kind} {skeleton.Side.Name()}_{HandJoint.Name(point)}");
        var offset = skeleton.Bone(point);
        text.WriteLine($"{indent}{{\n{indent}  OFFSET {Text(offset.X * scale)} {Text(offset.Y * scale)} {Text(offset.Z * scale)}");
        if (!isTip) text.WriteLine($"{indent}  CHANNELS {(point == HandJoint.Wrist ? "6 Xposition Yposition Zposition" : "3")} {Turns}");
        foreach (var child in Children(point)) WriteJoint(text, skeleton, child, indent + "  ", "JOINT", scale);
        text.WriteLine($"{indent}}}");
    }

    private static void WriteFrame(StreamWriter text, HandTrack track, int frame, int[] order, Vector3[] angles, double scale)
    {
        var wrist = track.Wrist(frame);
        text.Write($"{Text(wrist.X * scale)} {Text(wrist.Y * scale)} {Text(wrist.Z * scale)}");
        foreach (var joint in order)
        {
            angles[joint] = EulerAngles.Nearest(Rotation.FromAxisAngle(track.JointRotation(frame, joint)), angles[joint]);
            text.Write($" {Degrees(angles[joint].Z)} {Degrees(angles[joint].X)} {Degrees(angles[joint].Y)}");
        }
    }

    // A joint, then what hangs on it, as the hierarchy is written.
    private static IEnumerable<int> Order(int joint) => Children(joint).Where(child => child < HandJoint.Count).SelectMany(Order).Prepend(joint);

    private static IEnumerable<int> Children(int point) => Enumerable.Range(0, HandJoint.PointCount).Where(child => HandJoint.Parents[child] == point);

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Degrees(float value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}

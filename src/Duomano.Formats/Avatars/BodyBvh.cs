using System.Globalization;
using System.Numerics;
using System.Text;
using Duomano.Core.Body;
using Duomano.Core.Files;
using Duomano.Formats.Motion;

namespace Duomano.Formats.Avatars;

/// <summary>
/// Writes a whole body's motion as a Biovision hierarchy (.bvh): bones by their names in VRM 1.0 from the root "hips", at rest in a T-pose
/// that looks along +z, each unturned. Metres, degrees, y up, the floor at height 0. The hips have six channels, the other bones three
/// (turns about z, x, y).
/// </summary>
public static class BodyBvh
{
    private const string Turns = "Zrotation Xrotation Yrotation";

    // Where a bone ends that nothing tells the end of, times the way to it from the one before.
    private const float LastBone = 0.5f;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="motion">The motion, in the piano frame.</param>
    /// <param name="scale">How many times as large as in its file the humanoid is beside the piano.</param>
    /// <param name="units">Units a metre, such as 100 for centimetres.</param>
    /// <param name="progress">Told the share that is written, 0 to 1.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    /// <exception cref="ArgumentException">More than one bone hangs on nothing.</exception>
    public static void Write(string path, BodyMotion motion, float scale, double units = 1, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(motion);
        WholeFile.Write(path, stream => Write(stream, TPose.Of(motion), units / scale, progress, cancellation), cancellation);
    }

    private static void Write(Stream stream, BodyMotion motion, double units, IProgress<double>? progress, CancellationToken cancellation)
    {
        var humanoid = motion.Humanoid;
        if (humanoid.Bones.Count(bone => humanoid.Parent(bone) is null) != 1) throw new ArgumentException("A hierarchy has one root.", nameof(motion));
        var children = humanoid.Bones.Where(bone => humanoid.Parent(bone) is not null).ToLookup(bone => humanoid.Parent(bone)!);
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine("HIERARCHY");
        var order = new List<string>();
        WriteBone(humanoid.Bones[0], "");
        text.WriteLine($"MOTION\nFrames: {motion.FrameCount}\nFrame Time: {Text(1 / motion.Fps)}");
        var angles = new Vector3[order.Count];
        for (var frame = 0; frame < motion.FrameCount; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            text.Write(Place(motion.Root(humanoid.Bones[0], frame) + SeatedPianist.Floor * Vector3.UnitY));
            for (var i = 0; i < order.Count; i++)
            {
                var (turn, parent) = (motion.Turn(order[i], frame), humanoid.Parent(order[i]));
                angles[i] = EulerAngles.Nearest(parent is null ? turn : Quaternion.Conjugate(motion.Turn(parent, frame)) * turn, angles[i]);
                text.Write($" {Degrees(angles[i].Z)} {Degrees(angles[i].X)} {Degrees(angles[i].Y)}");
            }

            text.WriteLine();
            progress?.Report((frame + 1.0) / motion.FrameCount);
        }

        void WriteBone(string bone, string indent)
        {
            var parent = humanoid.Parent(bone);
            order.Add(bone);
            text.WriteLine($"{indent}{(parent is null ? "ROOT" : "JOINT")} {bone}\n{indent}{{");
            text.WriteLine($"{indent}  OFFSET {Place(parent is null ? Vector3.Zero : humanoid[bone] - humanoid[parent])}");
            text.WriteLine($"{indent}  CHANNELS {(parent is null ? "6 Xposition Yposition Zposition" : "3")} {Turns}");
            var below = children[bone].Where(HumanoidBones.IsKnown).ToList();
            foreach (var child in below) WriteBone(child, indent + "  ");
            if (below.Count == 0)
            {
                var end = children[bone].FirstOrDefault() is { } tip ? humanoid[tip] - humanoid[bone] : LastBone * (humanoid[bone] - humanoid[parent ?? bone]);
                text.WriteLine($"{indent}  End Site\n{indent}  {{\n{indent}    OFFSET {Place(end)}\n{indent}  }}");
            }

            text.WriteLine($"{indent}}}");
        }

        string Place(Vector3 at) => $"{Text(at.X * units)} {Text(at.Y * units)} {Text(at.Z * units)}";
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Degrees(float value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}

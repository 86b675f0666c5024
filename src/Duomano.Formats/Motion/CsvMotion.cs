using System.Globalization;
using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Formats.Motion;

/// <summary>
/// Writes motion as a table: a header, then a row a frame with the time and, for each hand, wrist position, 16 axis-angle
/// vectors and 21 positions, in seconds, metres and radians in the piano frame; last, where the sustain pedal is known, how far it is
/// down, 0 to 127.
/// </summary>
public static class CsvMotion
{
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

    /// <summary>Writes to a stream.</summary>
    public static void Write(Stream stream, TwoHandClip clip, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(clip);
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(string.Join(',', clip.Pedal.Count > 0 ? Columns().Append("pedal") : Columns()));
        var points = PerHand.Create(clip.Points);
        var pedal = clip.PedalFrames();
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            text.Write((frame / clip.Fps).ToString("0.######", CultureInfo.InvariantCulture));
            foreach (var side in HandSides.Both)
            {
                Write(text, clip.Hands[side].Translations.AsSpan(frame * 3, 3));
                Write(text, clip.Hands[side].Rotations.AsSpan(frame * HandJoint.PoseLength, HandJoint.PoseLength));
                foreach (var point in points[side].AsSpan(frame * HandJoint.PointCount, HandJoint.PointCount)) Write(text, [point.X, point.Y, point.Z]);
            }

            if (clip.Pedal.Count > 0) Write(text, [pedal[frame]]);
            text.WriteLine();
            progress?.Report((frame + 1.0) / clip.FrameCount);
        }
    }

    private static IEnumerable<string> Columns()
    {
        yield return "time";
        foreach (var hand in HandSides.Both.Select(side => side.Name()))
        {
            foreach (var axis in "xyz") yield return $"{hand}_trans_{axis}";
            for (var joint = 0; joint < HandJoint.Count; joint++)
            {
                foreach (var axis in "xyz") yield return $"{hand}_{HandJoint.Name(joint)}_rot_{axis}";
            }

            for (var point = 0; point < HandJoint.PointCount; point++)
            {
                foreach (var axis in "xyz") yield return $"{hand}_{HandJoint.Name(point)}_{axis}";
            }
        }
    }

    private static void Write(StreamWriter text, ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            text.Write(',');
            text.Write(value.ToString("0.######", CultureInfo.InvariantCulture));
        }
    }
}

using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Formats.Motion;

/// <summary>
/// Motion as NumPy arrays (.npz), all float32, metres and radians in the piano frame: fps; left_pose, right_pose [N, 48]
/// axis-angle; left_trans, right_trans [N, 3] wrists; left_joints, right_joints [N, 21, 3] positions of the 16 joints and
/// the five fingertip pads, thumb first; hand_size, where the hands are of one of our own builds, and finger_lengths [5], times those of size and build, where they are not all 1; where notes are known, notes [K, 4] (onset, offset, MIDI pitch,
/// velocity) and fingers [K, 2] (hand 0 left, 1 right, −1 unknown; finger 1 to 5, 0 unknown); where the sustain pedal is known,
/// pedal [P, 2] (seconds, 0 up to 127 down).
/// </summary>
public static class NpzMotion
{
    private const float LargestAngle = 100;
    private const float FurthestPlace = 100;

    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Reads a file. Only fps, the poses and the wrists must be there; the hands' bones are those of the build and hand_size
    /// that the joints agree with, otherwise they are measured from the joints; without joints they are the usual ones.
    /// </summary>
    /// <param name="path">A .npz file.</param>
    /// <exception cref="UnreadableFileException">It is not such a file.</exception>
    public static TwoHandClip Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OrdinaryFile.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads from a stream that can seek; see <see cref="Read(string)"/>.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    public static TwoHandClip Read(Stream stream, string name = "NPZ data")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var arrays = new NpzArrays(NpzArrays.ReadAll(stream, name), name);
        var fps = arrays.Scalar("fps", 0.001f, 1000) ?? throw arrays.Missing("fps");
        var poses = PerHand.Create(side => arrays.Required($"{side.Name()}_pose", LargestAngle, null, HandJoint.PoseLength));
        var frames = poses.Left.Shape[0];
        if (poses.Right.Shape[0] != frames) throw new UnreadableFileException(name, "array 'right_pose'", $"{poses.Right.Shape[0]} frames, expected {frames} as in 'left_pose'");
        var hands = PerHand.Create(side => new HandTrack(arrays.Required($"{side.Name()}_trans", FurthestPlace, frames, 3).Values, poses[side].Values));
        var joints = PerHand.Create(side => arrays.Optional($"{side.Name()}_joints", FurthestPlace, frames, HandJoint.PointCount, 3)?.Values);
        var size = arrays.Scalar("hand_size", HandSkeleton.SmallestSize, HandSkeleton.LargestSize);
        var fingers = FingerLengths(arrays);
        var skeletons = PerHand.Create(side => joints[side] is { Length: > 0 } points
            ? MeasuredSkeleton.OfSize(side, size, fingers, hands[side], MemoryMarshal.Cast<float, Vector3>(points))
                ?? MeasuredSkeleton.From(side, hands[side], MemoryMarshal.Cast<float, Vector3>(points), problem => new UnreadableFileException(name, $"array '{side.Name()}_joints'", problem))
            : HandSkeleton.Create(side, size ?? 1, fingerLengths: fingers));
        return new(hands, skeletons, fps, ReadNotes(arrays)) { Pedal = ReadPedal(arrays) };
    }

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
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "fps", NpyArray.Scalar(clip.Fps));
        foreach (var side in HandSides.Both)
        {
            var part = progress.Part(side == HandSide.Left ? 0 : 0.5, side == HandSide.Left ? 0.5 : 1);
            Add(zip, $"{side.Name()}_pose", new([clip.FrameCount, HandJoint.PoseLength], clip.Hands[side].Rotations), part.Part(0, 0.42));
            Add(zip, $"{side.Name()}_trans", new([clip.FrameCount, 3], clip.Hands[side].Translations));
            Add(zip, $"{side.Name()}_joints", new([clip.FrameCount, HandJoint.PointCount, 3], [.. MemoryMarshal.Cast<Vector3, float>(clip.Points(side))]), part.Part(0.45, 1));
        }

        // One size says all only where the hands are those of that size.
        var (size, fingers) = (clip.Skeletons.Right.Size, clip.Skeletons.Right.FingerLengths);
        if (HandSides.Both.All(side => IsOfSize(clip.Skeletons[side], size, fingers)))
        {
            Add(zip, "hand_size", NpyArray.Scalar(size));
            if (fingers.Any(length => length != 1)) Add(zip, "finger_lengths", new([fingers.Count], [.. fingers]));
        }

        if (clip.Pedal.Count > 0) Add(zip, "pedal", new([clip.Pedal.Count, 2], [.. clip.Pedal.SelectMany(change => (float[])[(float)change.Time, change.Value])]));
        if (clip.Notes.Count == 0) return;
        Add(zip, "notes", new([clip.Notes.Count, 4], [.. clip.Notes.SelectMany(note => (float[])[(float)note.Onset, (float)note.Offset, note.Key.Midi, note.Velocity])]));
        Add(zip, "fingers", new([clip.Notes.Count, 2], [.. clip.Notes.SelectMany(note => (float[])[NoteRow.HandNumber(note.Hand), (float)(note.Finger ?? 0)])]));
    }

    private static float[]? FingerLengths(NpzArrays arrays)
    {
        if (arrays.Optional("finger_lengths", HandSkeleton.LargestSize, 5)?.Values is not { } lengths) return null;
        return lengths.All(length => length >= HandSkeleton.SmallestSize) ? lengths : throw arrays.Error("finger_lengths", $"expected {HandSkeleton.SmallestSize} to {HandSkeleton.LargestSize}, times the usual");
    }

    private static bool IsOfSize(HandSkeleton skeleton, float size, IReadOnlyList<float> fingers) =>
        size is >= HandSkeleton.SmallestSize and <= HandSkeleton.LargestSize
        && skeleton.Build is { } build && skeleton.Points.SequenceEqual(HandSkeleton.Create(skeleton.Side, size, build, fingers).Points);

    private static void Add(ZipArchive zip, string name, NpyArray array, IProgress<double>? progress = null)
    {
        var entry = zip.CreateEntry(name + ".npy", CompressionLevel.Optimal);
        entry.LastWriteTime = EntryTime; // the same motion gives the same bytes
        using var stream = entry.Open();
        array.Write(stream, progress);
    }

    private static List<PedalChange> ReadPedal(NpzArrays arrays)
    {
        if (arrays.Optional("pedal", float.MaxValue, null, 2) is not { } rows) return [];
        var changes = new List<PedalChange>();
        for (var i = 0; i < rows.Shape[0]; i++)
        {
            var (time, value) = (rows.Values[i * 2], rows.Values[i * 2 + 1]);
            if (!(time >= 0) || value is not (>= 0 and <= 127)) throw arrays.Error("pedal", $"row {i} has ({time}, {value}), expected a time of at least 0 s and a value from 0 to 127");
            changes.Add(new(time, (int)MathF.Round(value)));
        }

        return [.. changes.OrderBy(change => change.Time)];
    }

    private static List<Note> ReadNotes(NpzArrays arrays)
    {
        if (arrays.Optional("notes", float.MaxValue, null, 4) is not { } rows) return [];
        var fingers = arrays.Optional("fingers", float.MaxValue, rows.Shape[0], 2);
        var notes = new List<Note>();
        for (var i = 0; i < rows.Shape[0]; i++)
        {
            var row = rows.Values.AsSpan(i * 4, 4);
            var (hand, finger) = fingers is null ? (-1, 0) : (fingers.Values[i * 2], fingers.Values[i * 2 + 1]);
            if (NoteRow.TryMake(row[0], row[1], row[2], row[3], hand, finger, out var note) is { } problem)
            {
                throw arrays.Error("notes", $"row {i} has {problem}");
            }

            notes.Add(note);
        }

        return notes;
    }
}

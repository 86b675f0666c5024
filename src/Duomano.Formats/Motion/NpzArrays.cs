using System.IO.Compression;
using Duomano.Core.Files;

namespace Duomano.Formats.Motion;

/// <summary>The arrays of a .npz file, asked for by name and checked.</summary>
internal sealed class NpzArrays(Dictionary<string, NpyArray> arrays, string path)
{
    private const int MostArrays = 1000;

    public static Dictionary<string, NpyArray> ReadAll(Stream stream, string path)
    {
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in zip.Entries.Take(MostArrays))
            {
                if (!IsKnown(entry.FullName)) continue;
                using var content = entry.Open();
                var name = entry.FullName[..^4];
                arrays[name] = NpyArray.Read(content, path, name);
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or IOException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new UnreadableFileException(path, "", "not a readable .npz file (a zip archive of .npy arrays)", error);
        }

        return arrays;
    }

    public UnreadableFileException Error(string name, string problem) => new(path, $"array '{name}'", problem);

    public UnreadableFileException Missing(string name) => Error(name, arrays.Count == 0 ? "missing; the file has none of the arrays that are read" : $"missing; the file has {string.Join(", ", arrays.Keys)}");

    public NpyArray Required(string name, float limit, int? rows, params ReadOnlySpan<int> rest) => Optional(name, limit, rows, rest) ?? throw Missing(name);

    /// <summary>An array of rows, or null where there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="limit">Largest magnitude of a number.</param>
    /// <param name="rows">How many rows, or null for any number.</param>
    /// <param name="rest">The other dimensions.</param>
    public NpyArray? Optional(string name, float limit, int? rows, params ReadOnlySpan<int> rest)
    {
        if (!arrays.TryGetValue(name, out var array)) return null;
        var shape = array.Shape;
        if (shape.Length != rest.Length + 1 || (rows is { } wanted && shape[0] != wanted) || !rest.SequenceEqual(shape.AsSpan(1)))
        {
            throw Error(name, $"shape ({string.Join(", ", shape)}), expected ({rows?.ToString() ?? "any"}, {string.Join(", ", rest.ToArray())})");
        }

        for (var i = 0; i < array.Values.Length; i++)
        {
            if (!(Math.Abs(array.Values[i]) <= limit)) throw Error(name, $"row {i / (array.Values.Length / shape[0])} has {array.Values[i]}, expected −{limit} to {limit}");
        }

        return array;
    }

    public float? Scalar(string name, float low, float high)
    {
        if (!arrays.TryGetValue(name, out var array)) return null;
        if (array.Values.Length != 1) throw Error(name, $"shape ({string.Join(", ", array.Shape)}), expected a single number");
        var value = array.Values[0];
        return value >= low && value <= high ? value : throw Error(name, $"{value}, expected {low} to {high}");
    }

    // Other people's files carry other arrays, of any type, along.
    private static bool IsKnown(string entry) => entry is "fps.npy" or "hand_size.npy" or "finger_lengths.npy" or "notes.npy" or "fingers.npy" or "pedal.npy"
        or "left_pose.npy" or "right_pose.npy" or "left_trans.npy" or "right_trans.npy" or "left_joints.npy" or "right_joints.npy"
        or "points.npy" or "episode_ends.npy" or "source.npy";
}

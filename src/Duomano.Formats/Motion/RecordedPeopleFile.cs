using System.Globalization;
using System.Numerics;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Formats.Motion;

/// <summary>
/// Recorded pianists as NumPy arrays (.npz): fps; points [N, 2, 6, 2] tenths of a millimetre (hand, left first; wrist and
/// fingertips, thumb first; x and z of the piano frame); episode_ends [E], one past each episode's last frame; notes [K, 6]
/// (episode, onset s, offset s, MIDI pitch, hand 0 left 1 right, finger 1 to 5 or 0 for unknown); source [E], the number of
/// the recording that each episode was cut from (may be missing).
/// </summary>
public static class RecordedPeopleFile
{
    // Notes are not told how loud they are.
    private const int UnknownVelocity = 70;

    private const float Unit = 1e-4f;
    private const float FurthestPlace = 32768;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A .npz file.</param>
    /// <exception cref="UnreadableFileException">It is not such a file.</exception>
    public static IReadOnlyList<RecordedEpisode> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OrdinaryFile.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads from a stream that can seek; see <see cref="Read(string)"/>.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    public static IReadOnlyList<RecordedEpisode> Read(Stream stream, string name = "NPZ data")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var arrays = new NpzArrays(NpzArrays.ReadAll(stream, name), name);
        var fps = arrays.Scalar("fps", 1, 1000) ?? throw arrays.Missing("fps");
        var points = arrays.Required("points", FurthestPlace, null, 2, RecordedEpisode.PointCount, 2);
        var ends = arrays.Required("episode_ends", int.MaxValue, null);
        var sources = arrays.Optional("source", int.MaxValue, ends.Shape[0]);
        var notes = ReadNotes(arrays, ends.Shape[0]);
        var episodes = new RecordedEpisode[ends.Shape[0]];
        var from = 0;
        for (var episode = 0; episode < episodes.Length; episode++)
        {
            var to = (int)ends.Values[episode];
            if (to <= from || to > points.Shape[0]) throw arrays.Error("episode_ends", $"row {episode} has {to}, expected {from + 1} to {points.Shape[0]}");
            var places = new Vector2[(to - from) * 2 * RecordedEpisode.PointCount];
            for (var i = 0; i < places.Length; i++)
            {
                var at = (from * 2 * RecordedEpisode.PointCount + i) * 2;
                places[i] = new(points.Values[at] * Unit, points.Values[at + 1] * Unit);
            }

            episodes[episode] = new(places, fps, notes[episode], sources is null ? episode : (int)sources.Values[episode]);
            from = to;
        }

        return episodes;
    }

    private static ILookup<int, Note> ReadNotes(NpzArrays arrays, int episodes)
    {
        var rows = arrays.Required("notes", float.MaxValue, null, 6);
        var notes = new List<(int Episode, Note Note)>();
        for (var i = 0; i < rows.Shape[0]; i++)
        {
            var row = rows.Values.AsSpan(i * 6, 6);
            if (!(row[0] >= 0 && row[0] < episodes && float.IsInteger(row[0])))
            {
                throw arrays.Error("notes", string.Create(CultureInfo.InvariantCulture, $"row {i} has episode {row[0]}, expected 0 to {episodes - 1}"));
            }

            if (NoteRow.TryMake(row[1], row[2], row[3], UnknownVelocity, row[4], row[5], out var note) is { } problem) throw arrays.Error("notes", $"row {i} has {problem}");
            notes.Add(((int)row[0], note));
        }

        return notes.ToLookup(pair => pair.Episode, pair => pair.Note);
    }
}

using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Formats.Motion;
using Duomano.Server;

namespace Duomano.Cli.Serving;

/// <summary>Motion in a job's folder, from which every format can be made by a later server: the .npz, and what it does not tell.</summary>
internal static class KeptMotion
{
    private const string MotionName = "motion.npz", PieceName = "piece.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes it.</summary>
    public static void Write(string folder, TwoHandClip clip, PlayedPiece piece, CancellationToken cancellation)
    {
        MotionOutputs.Write(Path.Combine(folder, MotionName), clip, piece, cancellation: cancellation);
        var score = piece.Score;
        var kept = new Piece(
            score.Title, score.Credits, Path.GetFileName(piece.Source), piece.IsSilent,
            [.. score.Notes.Select(note => new PlayedNote(note.Onset, note.Offset, note.Key.Midi, note.Velocity, note.Hand, note.Finger))],
            [.. score.Pedal.Select(change => new PedalMove(change.Time, change.Value))], Told(clip.Seen?.Left), Told(clip.Seen?.Right));
        WholeFile.Write(Path.Combine(folder, PieceName), stream => JsonSerializer.Serialize(stream, kept, Json), cancellation);
    }

    /// <summary>Reads it.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="play">Says how its piece is played, of its score, its upload and whether that has no sound.</param>
    /// <exception cref="UnreadableFileException">It is not there or damaged.</exception>
    public static MadeMotion Read(string folder, Func<Score, string, bool, PlayedPiece> play)
    {
        var path = Path.Combine(folder, PieceName);
        Piece kept;
        try
        {
            using var stream = OrdinaryFile.OpenRead(path);
            kept = JsonSerializer.Deserialize<Piece>(stream, Json) ?? throw new JsonException();
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            throw new UnreadableFileException(path, "", "is not what a server keeps of a piece");
        }

        // Its numbers are more exact than those of the .npz.
        var notes = kept.Notes.Select(note => new Note(note.Onset, note.Offset, new PianoKey(note.Key), note.Velocity) { Hand = note.Hand, Finger = note.Finger }).ToList();
        var score = new Score(notes, kept.Pedal.Select(move => new PedalChange(move.Time, move.Value)), kept.Title) { Credits = kept.Credits };
        var motion = NpzMotion.Read(Path.Combine(folder, MotionName));
        var clip = new TwoHandClip(motion.Hands, motion.Skeletons, motion.Fps, score.Notes)
        {
            Pedal = motion.Pedal.Count == score.Pedal.Count ? score.Pedal : motion.Pedal,
            Seen = kept is { SeenLeft: { } left, SeenRight: { } right } ? new PerHand<bool[]>(Seen(left), Seen(right)) : null,
        };
        return MotionDownloads.Of(clip, play(score, Path.Combine(folder, Path.GetFileName(kept.Source)), kept.IsSilent));
    }

    private static string? Told(bool[]? seen) => seen is null ? null : string.Concat(seen.Select(frame => frame ? '1' : '0'));

    private static bool[] Seen(string told) => [.. told.Select(frame => frame == '1')];

    private sealed record Piece(string? Title, IReadOnlyList<string> Credits, string Source, bool IsSilent, IReadOnlyList<PlayedNote> Notes, IReadOnlyList<PedalMove> Pedal, string? SeenLeft, string? SeenRight);

    private sealed record PlayedNote(double Onset, double Offset, int Key, int Velocity, HandSide? Hand, Finger? Finger);

    private sealed record PedalMove(double Time, int Value);
}

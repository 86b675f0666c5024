using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Formats.Motion;

/// <summary>
/// Reads and writes PianoMotion10M's annotation files. Beside that set's keys (left, right, fps, adjust, start_frame, bv) ours
/// has hand_model, hand_size, hand_build, finger_lengths (five, times those of size and build), style, performer, source, sound and notes: [onset, offset, MIDI pitch, velocity, hand (0 left, 1 right, −1 unknown),
/// finger (1 to 5, 0 unknown)], and pedal: [seconds, 0 (up) to 127 (down)]. That project's loader passes them over.
/// </summary>
public static class AnnotationJson
{
    // The longest published sequences have a hundredth of it.
    private const int LargestFile = 512 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">An annotation.</param>
    /// <exception cref="UnreadableFileException">It is none.</exception>
    public static Annotation Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OrdinaryFile.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads from a stream.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    public static Annotation Read(Stream stream, string name = "annotation")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return AnnotationReader.Read(BoundedBytes.ReadAll(stream, name, LargestFile), name);
    }

    /// <summary>Writes a file; numbers are rounded to the sixth decimal (a micrometre, a microradian).</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="annotation">What to write.</param>
    /// <param name="progress">Told the share that is written, 0 to 1.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    public static void Write(string path, Annotation annotation, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        WholeFile.Write(path, stream => Write(stream, annotation, progress), cancellation);
    }

    /// <summary>Writes to a stream; see <see cref="Write(string, Annotation, IProgress{double}?, CancellationToken)"/>.</summary>
    public static void Write(Stream stream, Annotation annotation, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(annotation);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        foreach (var side in HandSides.Both)
        {
            json.WriteStartArray(side.Name());
            for (var frame = 0; frame < annotation.FrameCount; frame++)
            {
                WriteNumbers(json, annotation.Row(side, frame));
                if (json.BytesPending > 1 << 20) json.Flush();
                progress?.Report(((double)side * annotation.FrameCount + frame + 1) / (2 * annotation.FrameCount));
            }

            json.WriteEndArray();
        }

        // The loader uses the rate as a number of rows, so it must stay whole where it is.
        if (annotation.Fps == Math.Floor(annotation.Fps) && annotation.Fps < int.MaxValue) json.WriteNumber("fps", (int)annotation.Fps);
        else json.WriteNumber("fps", annotation.Fps);
        json.WritePropertyName("adjust");
        WriteNumbers(json, [annotation.Adjust.X, annotation.Adjust.Y, annotation.Adjust.Z]);
        json.WriteNumber("start_frame", annotation.StartFrame);
        if (annotation.Video is not null) json.WriteString("bv", annotation.Video);
        if (annotation.HandModel is not null) json.WriteString("hand_model", annotation.HandModel);
        if (annotation.HandSize is { } size) json.WriteNumber("hand_size", size);
        if (annotation.HandBuild is { } build) json.WriteString("hand_build", build.Name());
        if (annotation.FingerLengths is { } lengths)
        {
            json.WritePropertyName("finger_lengths");
            WriteNumbers(json, [.. lengths]);
        }

        if (annotation.Style is not null) json.WriteString("style", annotation.Style);
        if (annotation.Performer is not null) json.WriteString("performer", annotation.Performer);
        if (annotation.Source is not null) json.WriteString("source", annotation.Source);
        if (annotation.Sound is { } sound)
        {
            json.WritePropertyName("sound");
            sound.WriteTo(json);
        }

        if (annotation.Notes.Count > 0) WriteNotes(json, annotation.Notes);
        if (annotation.Pedal.Count > 0)
        {
            json.WriteStartArray("pedal");
            foreach (var change in annotation.Pedal) WriteNumbers(json, [(float)change.Time, change.Value]);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, ReadOnlySpan<float> values)
    {
        json.WriteStartArray();
        foreach (var value in values) json.WriteNumberValue(Math.Round((double)value, 6));
        json.WriteEndArray();
    }

    private static void WriteNotes(Utf8JsonWriter json, IReadOnlyList<Note> notes)
    {
        json.WriteStartArray("notes");
        foreach (var note in notes)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(note.Onset, 6));
            json.WriteNumberValue(Math.Round(note.Offset, 6));
            json.WriteNumberValue(note.Key.Midi);
            json.WriteNumberValue(note.Velocity);
            json.WriteNumberValue(NoteRow.HandNumber(note.Hand));
            json.WriteNumberValue((int)(note.Finger ?? 0));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}

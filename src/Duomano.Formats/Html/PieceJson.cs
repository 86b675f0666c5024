using System.Text.Json;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Formats.Html;

/// <summary>What a page knows of the piece: title, credits, length, notes and pedal. Nothing in it can end a script element.</summary>
internal static class PieceJson
{
    public static void Write(Stream stream, TwoHandClip clip, HtmlPage page)
    {
        using var json = new Utf8JsonWriter(stream); // its default encoder escapes < > & and quotes
        json.WriteStartObject();
        json.WriteString("title", page.Title);
        json.WriteStartArray("credits");
        foreach (var line in page.Credits) json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteNumber("duration", Rounded(clip.Duration));

        // onset, offset, key, velocity, hand (0 left, 1 right, −1 unknown), finger (0 unknown)
        json.WriteStartArray("notes");
        foreach (var note in clip.Notes.Where(note => note.Onset < clip.Duration).OrderBy(note => note.Onset))
        {
            json.WriteStartArray();
            json.WriteNumberValue(Rounded(note.Onset));
            json.WriteNumberValue(Rounded(note.Offset));
            json.WriteNumberValue(note.Key.Midi);
            json.WriteNumberValue(note.Velocity);
            json.WriteNumberValue(note.Hand switch { HandSide.Left => 0, HandSide.Right => 1, _ => -1 });
            json.WriteNumberValue((int?)note.Finger ?? 0);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("pedal");
        foreach (var change in page.Pedal.Count > 0 ? page.Pedal : clip.Pedal)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Rounded(change.Time));
            json.WriteNumberValue(change.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double Rounded(double seconds) => Math.Round(seconds, 4);
}

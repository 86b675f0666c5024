using System.Numerics;
using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Formats.Video;
using Duomano.Vision.Hands;
using Duomano.Vision.Keyboards;
using Duomano.Vision.Watching;

namespace Duomano.Cli.Watching;

/// <summary>What is seen in a single picture, as JSON: the keyboard's corners and the points of hands, in pixels.</summary>
internal static class PictureSight
{
    /// <summary>Looks at a picture and writes what is seen.</summary>
    /// <param name="path">The picture.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="known">Where the keyboard is; null to look for it.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>In a line, what was seen.</returns>
    public static string Write(string path, string output, KeyboardSighting? known, int threads, CancellationToken cancellation)
    {
        BundledNetworks.EnsureAvailable(path);
        var read = VideoReader.ReadPicture(path, cancellation);
        using var watcher = new PictureWatcher(threads);
        var (keyboard, hands) = watcher.Look(new(read.Width, read.Height, read.Rgb), known);
        WholeFile.Write(output, stream =>
        {
            using var json = new Utf8JsonWriter(stream, new() { Indented = true });
            json.WriteStartObject();
            json.WritePropertyName("keyboard");
            if (keyboard is null) json.WriteNullValue();
            else WritePlaces(json, keyboard.Corners);
            json.WriteStartArray("hands");
            foreach (var hand in hands)
            {
                json.WriteStartObject();
                json.WriteString("side", hand.Rightness > 0.5f ? "right" : "left");
                json.WriteNumber("score", MathF.Round(hand.Presence, 4));
                json.WritePropertyName("points");
                WritePlaces(json, hand.Points);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }, cancellation);
        return $"{output}: {(hands.Count == 1 ? "1 hand" : $"{hands.Count} hands")}, {(keyboard is null ? "no keyboard" : $"keys {keyboard.Lowest.Name} to {keyboard.Highest.Name}{(keyboard.IsOctaveKnown ? "" : " of some octave")}")}";
    }

    private static void WritePlaces(Utf8JsonWriter json, IReadOnlyList<Vector2> places)
    {
        json.WriteStartArray();
        foreach (var place in places)
        {
            json.WriteStartArray();
            json.WriteNumberValue(MathF.Round(place.X, 2));
            json.WriteNumberValue(MathF.Round(place.Y, 2));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}

using System.Globalization;
using Duomano.Core.Hands;
using Duomano.Vision.Watching;

namespace Duomano.Cli.Watching;

/// <summary>What was seen in a video, for people.</summary>
internal static class WatchReport
{
    // From which confidence on a finger counts as sure.
    private const float Sure = 0.7f;

    /// <summary>A line a subject.</summary>
    /// <param name="watched">The video.</param>
    /// <param name="hears">Whether its notes were heard in its own sound.</param>
    public static IEnumerable<string> Lines(WatchedVideo watched, bool hears)
    {
        var seen = watched.Seen;
        yield return Text($"video:         {seen.Duration:0.0} s, {seen.Width} x {seen.Height}");
        var keyboard = seen.Keyboard.At(0);
        yield return Text($"keyboard:      {keyboard.Lowest.Name} to {keyboard.Highest.Name}{(seen.Keyboard.IsStill ? "" : ", followed")}; the camera is {watched.Camera.Height:0.0} m above it");
        foreach (var side in HandSides.Both)
        {
            yield return Text($"{side.Name() + " hand:",-15}seen in {100.0 * seen.Hands.Count(both => both[side] is not null) / seen.Hands.Count:0} % of the frames");
        }

        yield return Text($"hand size:     {watched.HandSize:0.00} times the usual, fingers {string.Join(" ", watched.Clip.Skeletons.Right.FingerLengths.Select(length => length.ToString("0.00", CultureInfo.InvariantCulture)))}");
        if (watched.Notes.Count == 0)
        {
            yield return "notes:         none are known";
            yield break;
        }

        var shift = Math.Abs(watched.Shift) < 0.005 ? "" : Text($", {Math.Abs(watched.Shift):0.00} s {(watched.Shift < 0 ? "earlier" : "later")} than in {(hears ? "the sound" : "their file")}");
        yield return Text($"notes:         {watched.Notes.Count}{shift}; {watched.Notes.Count(note => note.Note.Finger is not null)} with a finger, {watched.Notes.Count(note => note.Confidence > Sure)} surely (mean confidence {watched.Notes.Average(note => note.Confidence):0.00})");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Inference.Features;

/// <summary>
/// Where along the keyboard a hand has to be for its keys: for each note the place from which its finger reaches the key
/// in a five-finger position, joined over time. A position predictor that tells how the wrist departs from it need not
/// learn the keyboard.
/// </summary>
public static class HandAnchor
{
    // A hand leaves for its next keys no earlier than this before they sound, and is there a little before.
    private const double Travel = 0.35;
    private const double Arrival = 0.05;
    private const double Together = 0.04;
    private const double SmoothSeconds = 0.12;

    // Where a hand without notes waits, its own side of the middle.
    private const float Idle = 0.2f;

    /// <summary>Computes both hands' anchors.</summary>
    /// <param name="score">Notes with hand and finger; others are left out.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="firstFrame">Where in the piece the first one is.</param>
    /// <returns>For each hand [frames] metres along the keyboard, for the left hand mirrored.</returns>
    public static PerHand<float[]> Compute(Score score, int frames, double fps, int firstFrame = 0)
    {
        ArgumentNullException.ThrowIfNull(score);
        return PerHand.Create(side =>
        {
            var places = Places(score, side);
            var margin = (int)Math.Ceiling(SmoothSeconds * fps);
            var path = new float[frames + 2 * margin];
            var next = 0;
            for (var i = 0; i < path.Length; i++)
            {
                var time = (firstFrame + i - margin) / fps;
                while (next < places.Count && places[next].Onset - Arrival <= time) next++;
                path[i] = At(places, next, time);
            }

            return Smoothed(path, margin);
        });
    }

    private static float At(List<Place> places, int next, double time)
    {
        if (places.Count == 0) return Idle;
        if (next == 0) return places[0].X;
        if (next == places.Count) return places[^1].X;
        var (from, to) = (places[next - 1], places[next]);
        var arrival = to.Onset - Arrival;
        var leave = Math.Max(from.Onset, arrival - Travel);
        return time <= leave ? from.X : float.Lerp(from.X, to.X, (float)((time - leave) / (arrival - leave)));
    }

    private static List<Place> Places(Score score, HandSide side)
    {
        var places = new List<Place>();
        Note[] notes = [.. score.Notes.Where(note => note.Hand == side && note.Finger is not null)];
        for (var first = 0; first < notes.Length;)
        {
            var end = first + 1;
            while (end < notes.Length && notes[end].Onset - notes[first].Onset <= Together) end++;
            var sum = 0f;
            foreach (var note in notes.AsSpan(first, end - first))
            {
                var own = side == HandSide.Left ? -note.Key.CenterX : note.Key.CenterX;
                sum += own - ((int)note.Finger! - (int)Core.Fingering.Finger.Middle) * PianoKey.WhiteSpacing;
            }

            places.Add(new(notes[first].Onset, sum / (end - first)));
            first = end;
        }

        return places;
    }

    private static float[] Smoothed(float[] path, int margin)
    {
        var smoothed = new float[path.Length - 2 * margin];
        var sum = 0.0;
        for (var i = 0; i < path.Length; i++)
        {
            sum += path[i];
            var width = 2 * margin + 1;
            if (i >= width) sum -= path[i - width];
            if (i >= width - 1) smoothed[i - width + 1] = (float)(sum / width);
        }

        return smoothed;
    }

    private readonly record struct Place(double Onset, float X);
}

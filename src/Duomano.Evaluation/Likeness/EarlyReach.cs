using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;

namespace Duomano.Evaluation.Likeness;

/// <summary>How long before each note its finger has been within 10 mm of the key's middle, sideways, without leaving; seconds.</summary>
/// <param name="Person">The person's fingers.</param>
/// <param name="Other">The motion's, each with the finger that plays the note there.</param>
public sealed record EarlyReach(IReadOnlyList<double> Person, IReadOnlyList<double> Other)
{
    private const double Near = 0.010;

    /// <summary>Median of the person, seconds; 0 without notes.</summary>
    public double PersonMedian => Median(Person);

    /// <summary>Median of the motion, seconds; 0 without notes.</summary>
    public double OtherMedian => Median(Other);

    /// <summary>Measures both motions of the same notes.</summary>
    /// <param name="person">The person.</param>
    /// <param name="other">The motion.</param>
    public static EarlyReach Measure(RecordedEpisode person, RecordedEpisode other)
    {
        ArgumentNullException.ThrowIfNull(person);
        var played = SameFingers.Played(other);
        var (own, others) = (new List<double>(), new List<double>());
        foreach (var note in person.Score.Notes)
        {
            if (note.Finger is not { } finger || note.Hand is not { } hand) continue;
            var frame = PlayingFrames.At(person, note.Onset);
            if (frame >= person.FrameCount) continue;
            own.Add(Lead(person, frame, hand, finger, note.Key));
            if (played.TryGetValue((frame, note.Key.Midi), out var found) && found.Hand is { } side && found.Finger is { } with) others.Add(Lead(other, frame, side, with, note.Key));
        }

        return new(own, others);
    }

    /// <summary>Several recordings together.</summary>
    public static EarlyReach Combine(IReadOnlyList<EarlyReach> parts) => new([.. parts.SelectMany(part => part.Person)], [.. parts.SelectMany(part => part.Other)]);

    /// <summary>
    /// The middle of a key as the recordings have it: a black key's is half way between its neighbours' middles, and not a
    /// little beside it as on the piano.
    /// </summary>
    internal static double Middle(PianoKey key) =>
        key.IsBlack ? ((double)new PianoKey(key.Midi - 1).CenterX + new PianoKey(key.Midi + 1).CenterX) / 2 : key.CenterX;

    private static double Lead(RecordedEpisode motion, int frame, HandSide hand, Finger finger, PianoKey key)
    {
        var middle = Middle(key);
        var since = frame;
        while (since > 0 && Math.Abs(motion.Points(since - 1, hand)[(int)finger].X - middle) < Near) since--;
        return (frame - since) / motion.Fps;
    }

    private static double Median(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return 0;
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

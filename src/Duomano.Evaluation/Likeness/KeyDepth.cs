using Duomano.Core.Motion;

namespace Duomano.Evaluation.Likeness;

/// <summary>How far in fingertips meet their keys: z at the onset, metres, negative into the keys.</summary>
/// <param name="White">On white keys.</param>
/// <param name="Black">On black keys.</param>
public sealed record KeyDepth(Deviation White, Deviation Black)
{
    /// <summary>Measures a person.</summary>
    /// <param name="person">The person.</param>
    public static KeyDepth OfPerson(RecordedEpisode person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var sum = new KeyDepth(default, default);
        foreach (var note in person.Score.Notes)
        {
            var frame = PlayingFrames.At(person, note.Onset);
            if (note.Finger is { } finger && note.Hand is { } hand && frame < person.FrameCount) sum = sum.With(note.Key.IsBlack, person.Points(frame, hand)[(int)finger].Y);
        }

        return sum;
    }

    /// <summary>Measures a motion of the notes of which the person's finger is known, a frame after each onset, when the key is surely down.</summary>
    /// <param name="person">The person.</param>
    /// <param name="other">The motion of the same notes.</param>
    public static KeyDepth OfMotion(RecordedEpisode person, RecordedEpisode other)
    {
        ArgumentNullException.ThrowIfNull(person);
        var played = SameFingers.Played(other);
        var sum = new KeyDepth(default, default);
        foreach (var note in person.Score.Notes)
        {
            var frame = PlayingFrames.At(person, note.Onset);
            if (note.Finger is null || frame >= person.FrameCount || !played.TryGetValue((frame, note.Key.Midi), out var found) || found.Hand is not { } hand || found.Finger is not { } finger) continue;
            sum = sum.With(note.Key.IsBlack, other.Points(Math.Min(frame + 1, other.FrameCount - 1), hand)[(int)finger].Y);
        }

        return sum;
    }

    /// <summary>Both sets of depths together.</summary>
    public static KeyDepth operator +(KeyDepth left, KeyDepth right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.White + right.White, left.Black + right.Black);
    }

    /// <summary>Both sets of depths together.</summary>
    public static KeyDepth Add(KeyDepth left, KeyDepth right) => left + right;

    private KeyDepth With(bool isBlack, double depth) => isBlack ? this with { Black = Black.With(depth) } : this with { White = White.With(depth) };
}

using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation.Likeness;

/// <summary>How often a motion plays a note with the person's hand and finger; notes whose finger is not known do not count.</summary>
/// <param name="Hands">Notes with the same hand.</param>
/// <param name="Fingers">Notes with the same hand and finger.</param>
public readonly record struct SameFingers(AgreementCount Hands, AgreementCount Fingers)
{
    /// <summary>Compares the notes of two motions; notes are the same if their keys are and they begin in the same frame.</summary>
    /// <param name="person">The person.</param>
    /// <param name="other">The motion of the same notes.</param>
    public static SameFingers Measure(RecordedEpisode person, RecordedEpisode other)
    {
        ArgumentNullException.ThrowIfNull(person);
        var played = Played(other);
        var sum = default(SameFingers);
        foreach (var note in person.Score.Notes)
        {
            if (note.Finger is not { } finger || note.Hand is not { } hand || !played.TryGetValue((PlayingFrames.At(person, note.Onset), note.Key.Midi), out var found)) continue;
            sum = new(sum.Hands.With(found.Hand == hand), sum.Fingers.With(found.Hand == hand && found.Finger == finger));
        }

        return sum;
    }

    /// <summary>Both counts together.</summary>
    public static SameFingers operator +(SameFingers left, SameFingers right) => new(left.Hands + right.Hands, left.Fingers + right.Fingers);

    /// <summary>Both counts together.</summary>
    public static SameFingers Add(SameFingers left, SameFingers right) => left + right;

    /// <summary>Hand and finger by the frame in which a note begins and its key.</summary>
    internal static Dictionary<(int Frame, int Midi), (HandSide? Hand, Finger? Finger)> Played(RecordedEpisode motion)
    {
        ArgumentNullException.ThrowIfNull(motion);
        var played = new Dictionary<(int Frame, int Midi), (HandSide? Hand, Finger? Finger)>();
        foreach (var note in motion.Score.Notes) played[(PlayingFrames.At(motion, note.Onset), note.Key.Midi)] = (note.Hand, note.Finger);
        return played;
    }
}

using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Evaluation;

/// <summary>All that can be measured of one motion and the notes it plays.</summary>
/// <param name="FrameCount">Length, frames.</param>
/// <param name="Fps">Frames a second.</param>
/// <param name="Press">Keys pressed against notes; null where no notes are known.</param>
/// <param name="Anticipation">How early fingers are in place; null where no note has a finger.</param>
/// <param name="Agreement">Hands and fingers that strike against those the notes name; null where none names them.</param>
/// <param name="Physical">Whether hands could move like this.</param>
/// <param name="Movement">Whether they move like a person's.</param>
public sealed partial record MotionReport(
    int FrameCount, double Fps, KeyPress? Press, Anticipation? Anticipation, HandFingerAgreement? Agreement, PhysicalMeasures Physical, MovementMeasures Movement)
{
    /// <summary>Measures of a motion whose smoothness this one's is compared with, at the same frame rate; null without one.</summary>
    public PhysicalMeasures? Reference { get; init; }

    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion, of at least a frame.</param>
    /// <param name="notes">The notes in the clip's time; null for the clip's own.</param>
    public static MotionReport Measure(TwoHandClip clip, IReadOnlyList<Note>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        notes ??= clip.Notes;
        var press = notes.Count == 0 ? null : KeyPress.Measure(clip, notes);
        var hasFingers = notes.Any(note => note.Hand is not null && note.Finger is not null);
        return new(
            clip.FrameCount,
            clip.Fps,
            press,
            hasFingers ? Anticipation.Measure(clip, notes) : null,
            press is not null && notes.Any(note => note.Hand is not null) ? HandFingerAgreement.Measure(notes, press) : null,
            PhysicalMeasures.Measure(clip),
            MovementMeasures.Measure(clip));
    }
}

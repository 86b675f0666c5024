using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Evaluation;

/// <summary>How two hands of generated motion go together, beside the hands of the motion that is real.</summary>
/// <param name="Distance">Errors of the distance between both wrists, frame by frame, metres.</param>
/// <param name="Speeds">Both wrists' speeds, m/s.</param>
/// <param name="Along">How both wrists depart from where they are expected, along the keyboard, metres.</param>
/// <param name="Up">The same upwards.</param>
/// <param name="Inwards">The same in and out of the keys.</param>
/// <param name="Asynchrony">Errors, seconds, of the time between a left and a right note that begin together.</param>
public sealed record HandsTogether(Deviation Distance, Together Speeds, Together Along, Together Up, Together Inwards, Deviation Asynchrony)
{
    // Notes of both hands that begin so close together are meant to sound as one, seconds.
    private const double SameTime = 0.02;

    /// <summary>Nothing measured yet.</summary>
    public static HandsTogether None { get; } = new(default, default, default, default, default, default);

    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="real">The real one, as many frames at the same rate.</param>
    /// <param name="expected">Where each wrist is expected, [frames], metres in the piano frame.</param>
    /// <param name="press">The motion's key presses against its own notes; found, if not given.</param>
    /// <exception cref="ArgumentException">The frames do not belong together.</exception>
    public static HandsTogether Measure(TwoHandClip clip, TwoHandClip real, PerHand<Vector3[]> expected, KeyPress? press = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(real);
        if (real.FrameCount != clip.FrameCount || expected.Left.Length != clip.FrameCount || expected.Right.Length != clip.FrameCount)
        {
            throw new ArgumentException($"{clip.FrameCount}, {real.FrameCount} and {expected.Left.Length} frames cannot be compared one by one.", nameof(real));
        }

        var found = None with { Asynchrony = Chords(press ?? KeyPress.Measure(clip), clip.Notes) };
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            var departures = PerHand.Create(side => clip.Hands[side].Wrist(frame) - expected[side][frame]);
            found = found with
            {
                Distance = found.Distance.With(Math.Abs(Apart(clip, frame) - Apart(real, frame))),
                Along = found.Along.With(departures.Left.X, departures.Right.X),
                Up = found.Up.With(departures.Left.Y, departures.Right.Y),
                Inwards = found.Inwards.With(departures.Left.Z, departures.Right.Z),
            };
            if (frame == 0) continue;
            var speeds = clip.Hands.Map(track => (track.Wrist(frame) - track.Wrist(frame - 1)).Length() * clip.Fps);
            found = found with { Speeds = found.Speeds.With(speeds.Left, speeds.Right) };
        }

        return found;
    }

    /// <summary>Both sets of frames and chords together.</summary>
    public static HandsTogether operator +(HandsTogether left, HandsTogether right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.Distance + right.Distance, left.Speeds + right.Speeds, left.Along + right.Along, left.Up + right.Up, left.Inwards + right.Inwards, left.Asynchrony + right.Asynchrony);
    }

    /// <summary>Both sets of frames and chords together.</summary>
    public static HandsTogether Add(HandsTogether left, HandsTogether right) => left + right;

    private static double Apart(TwoHandClip clip, int frame) => Vector3.Distance(clip.Hands.Left.Wrist(frame), clip.Hands.Right.Wrist(frame));

    // Of each left note and the right one that begins with it, where both were struck.
    private static Deviation Chords(KeyPress press, IReadOnlyList<Note> notes)
    {
        var struck = press.Matches.ToDictionary(match => match.Note, match => press.Strokes[match.Stroke].Onset);
        int[] Of(HandSide side) => [.. struck.Keys.Where(note => notes[note].Hand == side).OrderBy(note => notes[note].Onset)];
        var rights = Of(HandSide.Right);
        var errors = default(Deviation);
        foreach (var left in Of(HandSide.Left))
        {
            var onset = notes[left].Onset;
            var near = rights.Where(right => Math.Abs(notes[right].Onset - onset) <= SameTime).Select(right => (int?)right).MinBy(right => Math.Abs(notes[right!.Value].Onset - onset));
            if (near is { } right) errors = errors.With(Math.Abs(struck[left] - struck[right] - (onset - notes[right].Onset)));
        }

        return errors;
    }
}

using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation.Likeness;

/// <summary>How both wrists go together, seen from above, over the frames in which both hands play.</summary>
/// <param name="Distance">How far the distance between the motion's wrists is off the person's, metres.</param>
/// <param name="Person">How the person's wrists go in and out of the keys together, each about its own mean in the recording, metres.</param>
/// <param name="Motion">The same of the motion.</param>
public sealed record BothWrists(Deviation Distance, Together Person, Together Motion)
{
    /// <summary>Nothing compared yet.</summary>
    public static BothWrists None { get; } = new(default, default, default);

    /// <summary>Compares a motion with the person who played the same notes.</summary>
    /// <param name="person">Whose notes tell when a hand plays.</param>
    /// <param name="other">As many frames at the same rate.</param>
    public static BothWrists Measure(RecordedEpisode person, RecordedEpisode other)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(other);
        var playing = PerHand.Create(side => PlayingFrames.Of(person, side));
        int[] frames = [.. Enumerable.Range(0, person.FrameCount).Where(frame => playing.Left[frame] && playing.Right[frame])];
        if (frames.Length == 0) return None;
        var distance = default(Deviation);
        foreach (var frame in frames) distance = distance.With(Math.Abs(Apart(person, frame) - Apart(other, frame)));
        return new(distance, Depths(person, frames), Depths(other, frames));
    }

    /// <summary>Both sets of frames together.</summary>
    public static BothWrists operator +(BothWrists left, BothWrists right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.Distance + right.Distance, left.Person + right.Person, left.Motion + right.Motion);
    }

    /// <summary>Both sets of frames together.</summary>
    public static BothWrists Add(BothWrists left, BothWrists right) => left + right;

    private static Vector2 Wrist(RecordedEpisode episode, int frame, HandSide side) => episode.Points(frame, side)[0];

    private static double Apart(RecordedEpisode episode, int frame) => Vector2.Distance(Wrist(episode, frame, HandSide.Left), Wrist(episode, frame, HandSide.Right));

    private static Together Depths(RecordedEpisode episode, int[] frames)
    {
        var means = PerHand.Create(side => frames.Average(frame => (double)Wrist(episode, frame, side).Y));
        return frames.Aggregate(default(Together), (sum, frame) => sum.With(Wrist(episode, frame, HandSide.Left).Y - means.Left, Wrist(episode, frame, HandSide.Right).Y - means.Right));
    }
}

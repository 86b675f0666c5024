using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Likeness;

/// <summary>The frames in which a hand plays, give or take a second: only there is its place compared.</summary>
public static class PlayingFrames
{
    private const double Around = 1;

    /// <summary>Whether the hand plays a note within a second of each frame.</summary>
    /// <param name="episode">The recording.</param>
    /// <param name="side">Which hand.</param>
    public static bool[] Of(RecordedEpisode episode, HandSide side)
    {
        ArgumentNullException.ThrowIfNull(episode);
        var playing = new bool[episode.FrameCount];
        foreach (var note in episode.Score.Notes)
        {
            if (note.Hand != side) continue;
            var first = Math.Max(0, (int)((note.Onset - Around) * episode.Fps));
            var end = Math.Min(playing.Length, (int)((note.Offset + Around) * episode.Fps));
            for (var frame = first; frame < end; frame++) playing[frame] = true;
        }

        return playing;
    }

    /// <summary>The frame of a moment, not bounded by the recording.</summary>
    internal static int At(RecordedEpisode episode, double time) => (int)Math.Round(time * episode.Fps);

    /// <summary>Which fingers hold a key at each frame.</summary>
    /// <returns>[frames × 5], thumb first.</returns>
    internal static bool[] Pressing(RecordedEpisode episode, HandSide side)
    {
        var pressing = new bool[episode.FrameCount * 5];
        foreach (var note in episode.Score.Notes)
        {
            if (note.Hand != side || note.Finger is not { } finger) continue;
            var end = Math.Min(episode.FrameCount, Math.Max(At(episode, note.Onset) + 1, At(episode, note.Offset)));
            for (var frame = At(episode, note.Onset); frame < end; frame++) pressing[frame * 5 + (int)finger - 1] = true;
        }

        return pressing;
    }
}

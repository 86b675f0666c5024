using Duomano.Core.Fingering;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Training.Motion;

namespace Duomano.Training.Tests.Motion;

/// <summary>Short performances to learn from.</summary>
internal static class PerformedClips
{
    public static IReadOnlyList<MotionExample> Examples(IReadOnlyList<TwoHandClip> clips) => [.. clips.Select(clip => new MotionExample(clip))];

    public static IReadOnlyList<TwoHandClip> Make(int count, double seconds) => [.. Enumerable.Range(0, count).Select(piece =>
    {
        var notes = Enumerable.Range(0, (int)(seconds * 3)).SelectMany(i => new[]
        {
            new Note(i / 3.0, i / 3.0 + 0.3, new PianoKey(60 + (i * (piece + 3) + piece) % 20), 70),
            new Note(i / 3.0, i / 3.0 + 0.3, new PianoKey(36 + (i * (piece + 2)) % 15), 60),
        });
        return KinematicPianist.Perform(FingeringPlanner.Plan([.. notes]).Notes, PerformanceStyle.Neutral, seconds).Clip;
    })];
}

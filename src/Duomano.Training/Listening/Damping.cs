using Duomano.Core.Music;

namespace Duomano.Training.Listening;

/// <summary>When dampers fall on strings: when the key is up and the pedal too, or when the key is struck again.</summary>
internal static class Damping
{
    /// <summary>Of each note of a score, the time at which its sound is ended, seconds.</summary>
    public static double[] Of(Score score)
    {
        var ends = new double[score.Notes.Count];
        var pedal = new PedalTimes(score.Pedal);
        var next = new Dictionary<int, double>();
        for (var i = score.Notes.Count - 1; i >= 0; i--)
        {
            var note = score.Notes[i];
            ends[i] = Math.Max(note.Offset, Math.Min(pedal.LiftedFrom(note.Offset), next.GetValueOrDefault(note.Key.Index, double.PositiveInfinity)));
            next[note.Key.Index] = note.Onset;
        }

        return ends;
    }
}

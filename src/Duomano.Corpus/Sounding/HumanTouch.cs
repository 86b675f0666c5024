using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Corpus.Composing;

namespace Duomano.Corpus.Sounding;

/// <summary>
/// Plays a score as one of many people might: louder or softer as a whole, with phrases, an upper voice that sings,
/// a wavering tempo, chords not quite together, and with a pedal where the score has none.
/// </summary>
public static class HumanTouch
{
    // Fewer different velocities than this are marks of a typesetter, not of a player.
    private const int PlayedVelocities = 14;

    private const double ShortestNote = 0.03;

    // A string struck again needs its key to come up first, seconds.
    private const double KeyReturn = 0.015;

    /// <summary>Plays a score.</summary>
    /// <param name="score">What is written.</param>
    /// <param name="random">Decides who plays.</param>
    /// <param name="isQuiet">Whether it is played softly and with pedal.</param>
    public static Score Play(Score score, SeededRandom random, bool isQuiet = false)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(random);
        if (score.Notes.Count == 0) return score;
        var isExact = score.Notes.Select(note => note.Velocity).Distinct().Count() < PlayedVelocities;
        var velocity = Velocities(score, isExact, isQuiet, random);
        var clock = Clock(isExact ? 0.05 : 0.02, random);
        var unevenness = random.Uniform(0.001, isExact ? 0.012 : 0.004);
        var spread = isExact ? random.Uniform(0, 0.012) : 0;
        var groups = Groups(score.Notes);
        var notes = new List<Note>();
        for (var i = 0; i < score.Notes.Count; i++)
        {
            var note = score.Notes[i];
            var shift = unevenness * Math.Clamp(random.NextGaussian(), -2.5, 2.5) + spread * groups[i];
            var onset = Math.Max(0, clock(note.Onset) + shift);
            var offset = Math.Max(onset + ShortestNote, clock(note.Offset) + shift + unevenness * random.NextGaussian());
            notes.Add(new(onset, offset, note.Key, velocity(note, i)));
        }

        var played = Separated(notes);
        var pedal = score.Pedal.Select(change => change with { Time = Math.Max(0, clock(change.Time)) }).ToList();
        if (!pedal.Any(change => change.IsDown)) pedal = isQuiet || random.Chance(0.7) ? LegatoPedal.For(played, random) : [];
        else if (!isQuiet && random.Chance(0.08)) pedal = [];
        return new(played, pedal, score.Title);
    }

    // How many notes of its chord lie below each note.
    private static int[] Groups(IReadOnlyList<Note> notes)
    {
        var below = new int[notes.Count];
        for (var i = 1; i < notes.Count; i++) below[i] = notes[i].Onset - notes[i - 1].Onset < 0.005 ? below[i - 1] + 1 : 0;
        return below;
    }

    private static Func<Note, int, int> Velocities(Score score, bool isExact, bool isQuiet, SeededRandom random)
    {
        var mean = score.Notes.Average(note => note.Velocity);
        var middle = isQuiet ? random.Uniform(20, 44) : random.Chance(0.35) ? random.Uniform(24, 50) : random.Uniform(45, 92);
        var contrast = isExact ? 0.3 : random.Uniform(0.7, 1.3);
        var swell = isExact ? random.Uniform(4, 18) : random.Uniform(0, 5);
        var (period, phase) = (random.Uniform(3, 14), random.Uniform(0, 2 * Math.PI));
        var singing = random.Uniform(0, isExact ? 16 : 5);
        var roughness = random.Uniform(1, isExact ? 7 : 4);
        var draws = new SeededRandom((long)(random.NextUInt64() >> 1), "velocities");
        return (note, i) =>
        {
            var isTop = i + 1 == score.Notes.Count || score.Notes[i + 1].Onset - note.Onset > 0.03;
            var value = middle + contrast * (note.Velocity - mean) + swell * Math.Sin(2 * Math.PI * note.Onset / period + phase)
                + singing * (isTop && note.Key.Midi >= 60 ? 0.7 : -0.3) + roughness * draws.NextGaussian();
            return (int)Math.Clamp(Math.Round(value), 8, 127);
        };
    }

    // Time as a player lets it pass: two slow waves, which never run backwards.
    private static Func<double, double> Clock(double amount, SeededRandom random)
    {
        var waves = Enumerable.Range(0, 2).Select(_ => (Period: random.Uniform(2, 11), Phase: random.Uniform(0, 2 * Math.PI), Share: random.Uniform(0, amount))).ToArray();
        return time => time + waves.Sum(wave => wave.Share * wave.Period / (2 * Math.PI) * (Math.Sin(2 * Math.PI * time / wave.Period + wave.Phase) - Math.Sin(wave.Phase)));
    }

    // A key is up before it goes down again.
    private static List<Note> Separated(List<Note> notes)
    {
        var separated = new List<Note>();
        foreach (var sameKey in notes.GroupBy(note => note.Key))
        {
            Note[] ordered = [.. sameKey.OrderBy(note => note.Onset)];
            for (var i = 0; i < ordered.Length; i++)
            {
                var note = ordered[i];
                var end = i + 1 < ordered.Length ? Math.Min(note.Offset, ordered[i + 1].Onset - KeyReturn) : note.Offset;
                if (end - note.Onset >= ShortestNote - 1e-9) separated.Add(new(note.Onset, end, note.Key, note.Velocity));
            }
        }

        return separated;
    }
}

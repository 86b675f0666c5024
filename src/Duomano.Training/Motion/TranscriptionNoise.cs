using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Evaluation;
using static Duomano.Training.Running.RecipeCheck;

namespace Duomano.Training.Motion;

/// <summary>
/// Turns the notes that are played into notes as the listening network might hear them, so that motion can be trained with
/// its errors. The default shares are about those of the bundled network on an instrument it was not trained with.
/// </summary>
public sealed record TranscriptionNoise
{
    // Semitones at which partials, or the octave below, are taken for notes, the likelier ones more often.
    private static readonly int[] Ghosts = [12, 12, 12, 12, 19, 24, -12, -12];

    private const double ShortestNote = 0.04;

    /// <summary>Share of the windows that get heard notes instead of the true ones, 0 to 1.</summary>
    public double Share { get; init => field = Probability(value); } = 0.35;

    /// <summary>Share of the soft notes that are missed.</summary>
    public double MissedSoft { get; init => field = Probability(value); } = 0.07;

    /// <summary>Share of the notes of middle loudness that are missed.</summary>
    public double MissedMiddle { get; init => field = Probability(value); } = 0.07;

    /// <summary>Share of the loud notes that are missed.</summary>
    public double MissedLoud { get; init => field = Probability(value); } = 0.05;

    /// <summary>Share of the notes that are missed whose key was struck shortly before.</summary>
    public double MissedRepetitions { get; init => field = Probability(value); } = 0.35;

    /// <summary>Notes invented on a partial of a true one, or an octave below, for each true note.</summary>
    public double FalseOctaves { get; init => field = Probability(value); } = 0.03;

    /// <summary>Notes that are heard as two on the same key, for each true note.</summary>
    public double FalseRepetitions { get; init => field = Probability(value); } = 0.003;

    /// <summary>Notes invented elsewhere near a true one, for each true note.</summary>
    public double FalseOthers { get; init => field = Probability(value); } = 0.008;

    /// <summary>Standard deviation of onsets, seconds.</summary>
    public double OnsetDeviation { get; init => field = AtLeastZero(value); } = 0.008;

    /// <summary>Mean of the natural logarithm of heard length over true length.</summary>
    public double LengthMean { get; init; } = 0.1;

    /// <summary>Standard deviation of that logarithm.</summary>
    public double LengthDeviation { get; init => field = AtLeastZero(value); } = 0.6;

    /// <summary>Standard deviation of velocities.</summary>
    public double VelocityDeviation { get; init => field = AtLeastZero(value); } = 15;

    /// <summary>The shares of measured errors.</summary>
    /// <param name="errors">Errors of transcriptions.</param>
    public static TranscriptionNoise Of(ListeningErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        double Missed(int loudness) => errors.ByLoudness[loudness].Truth == 0 ? 0 : 1 - errors.ByLoudness[loudness].Recall;
        double Each(int count) => Math.Min(1, count / (double)Math.Max(1, errors.All.Truth));
        return new()
        {
            MissedSoft = Missed(0),
            MissedMiddle = Missed(1),
            MissedLoud = Missed(2),
            MissedRepetitions = errors.Repeated.Truth == 0 ? 0 : 1 - errors.Repeated.Recall,
            FalseOctaves = Each(errors.FalseOctaves),
            FalseRepetitions = Each(errors.FalseRepetitions),
            FalseOthers = Each(errors.FalseOthers),
            OnsetDeviation = errors.Onset.Standard,
            LengthMean = errors.Length.Mean,
            LengthDeviation = errors.Length.Standard,
            VelocityDeviation = errors.Velocity.Standard,
        };
    }

    /// <summary>
    /// Notes as they might be heard. Notes that are found keep their hand and finger; invented ones have those of the
    /// note they come from.
    /// </summary>
    /// <param name="notes">The notes that are played, by onset.</param>
    /// <param name="random">Decides.</param>
    public IReadOnlyList<Note> Hear(IReadOnlyList<Note> notes, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(random);
        var heard = new List<Note>();
        var struck = new Dictionary<PianoKey, double>();
        foreach (var note in notes)
        {
            var missed = struck.TryGetValue(note.Key, out var before) && note.Onset - before < ListeningErrors.Repetition ? MissedRepetitions
                : note.Velocity < ListeningErrors.Soft ? MissedSoft : note.Velocity < ListeningErrors.Loud ? MissedMiddle : MissedLoud;
            struck[note.Key] = note.Onset;
            if (random.NextDouble() >= missed) AddHeard(heard, note, random);
            if (random.NextDouble() < FalseOctaves) AddInvented(heard, note, Ghosts[random.Next(Ghosts.Length)], random);
            if (random.NextDouble() < FalseOthers) AddInvented(heard, note, (random.Next(2) * 2 - 1) * (1 + random.Next(7)), random);
        }

        return Separated(heard);
    }

    private void AddHeard(List<Note> heard, Note note, SeededRandom random)
    {
        var onset = Math.Max(0, note.Onset + OnsetDeviation * Within(random.NextGaussian()));
        var length = Math.Max(ShortestNote, note.Duration * Math.Exp(LengthMean + LengthDeviation * Within(random.NextGaussian())));
        var velocity = (int)Math.Clamp(Math.Round(note.Velocity + VelocityDeviation * random.NextGaussian()), 1, 127);
        Note Part(double from, double until) => new(from, until, note.Key, velocity) { Hand = note.Hand, Finger = note.Finger };
        if (length > 4 * ShortestNote && random.NextDouble() < FalseRepetitions)
        {
            var middle = onset + length * random.Uniform(0.3, 0.8);
            heard.Add(Part(onset, middle));
            heard.Add(Part(middle, onset + length));
            return;
        }

        heard.Add(Part(onset, onset + length));
    }

    private void AddInvented(List<Note> heard, Note source, int distance, SeededRandom random)
    {
        var midi = source.Key.Midi + distance;
        if (midi is < PianoKey.LowestMidi or > PianoKey.HighestMidi) return;
        var onset = Math.Max(0, source.Onset + 2 * OnsetDeviation * Within(random.NextGaussian()));
        var length = Math.Max(ShortestNote, source.Duration * random.Uniform(0.1, 0.9));
        var velocity = (int)Math.Clamp(Math.Round(source.Velocity * random.Uniform(0.4, 0.9)), 1, 127);
        heard.Add(new(onset, onset + length, new PianoKey(midi), velocity) { Hand = source.Hand, Finger = source.Finger });
    }

    // A key is struck once at a time: what begins while it is down ends what was there.
    private static IReadOnlyList<Note> Separated(List<Note> heard)
    {
        var kept = new List<Note>();
        foreach (var sameKey in heard.GroupBy(note => note.Key))
        {
            var first = kept.Count;
            foreach (var note in sameKey.OrderBy(note => note.Onset))
            {
                if (kept.Count > first && note.Onset - kept[^1].Onset < ShortestNote) continue;
                if (kept.Count > first && kept[^1].Offset > note.Onset) kept[^1] = Ended(kept[^1], note.Onset);
                kept.Add(note);
            }
        }

        return new Score(kept).Notes;
    }

    private static Note Ended(Note note, double offset) => new(note.Onset, offset, note.Key, note.Velocity) { Hand = note.Hand, Finger = note.Finger };

    private static double Within(double draw) => Math.Clamp(draw, -2.5, 2.5);
}

using System.Globalization;
using Duomano.Core.Music;

namespace Duomano.Evaluation;

/// <summary>
/// What a transcription gets wrong, in the kinds that transcriptions of pianos usually do; counted, so that several pieces
/// add up. Notes are matched by <see cref="NoteMatchingRule.Onset"/>.
/// </summary>
public sealed record ListeningErrors
{
    /// <summary>Velocities below this are soft.</summary>
    public const int Soft = 45;

    /// <summary>Velocities from this on are loud.</summary>
    public const int Loud = 75;

    /// <summary>A key that was struck less than this before is struck again, seconds.</summary>
    public const double Repetition = 0.25;

    // Notes that begin within this belong together, seconds.
    private const double Together = 0.07;

    // So far from a missed note of its key a false one is that note at the wrong time, seconds.
    private const double Mistime = 0.2;

    // Semitones at which a note's partials lie, which are taken for notes, and the octave below.
    private static readonly int[] Partials = [12, 19, 24, 28, 31, 36, -12];

    /// <summary>True notes by loudness: soft, middle, loud; and those of them that were missed.</summary>
    public IReadOnlyList<DetectionScore> ByLoudness { get; init; } = [default, default, default];

    /// <summary>True notes whose key had been struck shortly before, and those found.</summary>
    public DetectionScore Repeated { get; init; }

    /// <summary>True notes above whose octave, or twelfth, another one was struck with them, and those found.</summary>
    public DetectionScore Doubled { get; init; }

    /// <summary>True notes in all, found notes in all, matches.</summary>
    public DetectionScore All { get; init; }

    /// <summary>False notes that lie on a partial, or an octave below, of a true one struck with them.</summary>
    public int FalseOctaves { get; init; }

    /// <summary>False notes on a key that is held already.</summary>
    public int FalseRepetitions { get; init; }

    /// <summary>False notes that are a missed one at the wrong time.</summary>
    public int Mistimed { get; init; }

    /// <summary>All other false notes.</summary>
    public int FalseOthers { get; init; }

    /// <summary>Of the matched notes, found onset less true onset, seconds.</summary>
    public Deviation Onset { get; init; }

    /// <summary>Of the matched notes, the natural logarithm of the found length over the true one.</summary>
    public Deviation Length { get; init; }

    /// <summary>Of the matched notes, found velocity less true velocity.</summary>
    public Deviation Velocity { get; init; }

    /// <summary>Sorts the errors of one transcription.</summary>
    /// <param name="truth">The notes that are played, by onset.</param>
    /// <param name="heard">The notes that were found.</param>
    public static ListeningErrors Of(IReadOnlyList<Note> truth, IReadOnlyList<Note> heard)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(heard);
        var matches = NoteMatching.Match(truth, heard);
        var found = matches.ToDictionary(match => match.Truth, match => match.Predicted);
        var used = matches.Select(match => match.Predicted).ToHashSet();
        var near = new NoteTimes(truth);
        var loudness = new DetectionScore[3];
        var (repeated, doubled) = (default(DetectionScore), default(DetectionScore));
        for (var i = 0; i < truth.Count; i++)
        {
            var one = new DetectionScore(1, 0, found.ContainsKey(i) ? 1 : 0);
            loudness[truth[i].Velocity < Soft ? 0 : truth[i].Velocity < Loud ? 1 : 2] += one;
            var note = truth[i];
            if (near.Of(note.Key.Midi).Any(other => other.Onset < note.Onset && note.Onset - other.Onset < Repetition)) repeated += one;
            if (near.Any(note.Onset, Together, other => note.Key.Midi - other.Key.Midi is 12 or 19 or 24)) doubled += one;
        }

        var (octaves, repetitions, mistimed, others) = (0, 0, 0, 0);
        for (var i = 0; i < heard.Count; i++)
        {
            if (used.Contains(i)) continue;
            var note = heard[i];
            if (near.Indices(note.Key.Midi).Any(j => !found.ContainsKey(j) && Math.Abs(truth[j].Onset - note.Onset) < Mistime)) mistimed++;
            else if (near.Any(note.Onset, Together, other => Partials.Contains(note.Key.Midi - other.Key.Midi))) octaves++;
            else if (near.Of(note.Key.Midi).Any(other => other.Onset < note.Onset && note.Onset < other.Offset + Together)) repetitions++;
            else others++;
        }

        return new()
        {
            ByLoudness = loudness,
            Repeated = repeated,
            Doubled = doubled,
            All = new(truth.Count, heard.Count, matches.Count),
            FalseOctaves = octaves,
            FalseRepetitions = repetitions,
            Mistimed = mistimed,
            FalseOthers = others,
            Onset = Deviation.Of(matches.Select(match => heard[match.Predicted].Onset - truth[match.Truth].Onset)),
            Length = Deviation.Of(matches.Where(match => truth[match.Truth].Duration > 0 && heard[match.Predicted].Duration > 0)
                .Select(match => Math.Log(heard[match.Predicted].Duration / truth[match.Truth].Duration))),
            Velocity = Deviation.Of(matches.Select(match => (double)heard[match.Predicted].Velocity - truth[match.Truth].Velocity)),
        };
    }

    /// <summary>A line for each kind of error.</summary>
    public IEnumerable<string> Describe()
    {
        string Line(string kind, DetectionScore score) =>
            string.Create(CultureInfo.InvariantCulture, $"missed, {kind}: {score.Truth - score.Matched} of {score.Truth} ({(score.Truth == 0 ? 0 : 1 - score.Recall):0.0%})");
        string False(string kind, int count) =>
            string.Create(CultureInfo.InvariantCulture, $"false, {kind}: {count} ({(All.Predicted == 0 ? 0 : count / (double)All.Predicted):0.0%} of {All.Predicted})");
        yield return Line("soft", ByLoudness[0]);
        yield return Line("middle", ByLoudness[1]);
        yield return Line("loud", ByLoudness[2]);
        yield return Line("repeated", Repeated);
        yield return Line("octave or twelfth of another", Doubled);
        yield return False("octaves and partials", FalseOctaves);
        yield return False("repeated", FalseRepetitions);
        yield return False("at the wrong time", Mistimed);
        yield return False("others", FalseOthers);
        yield return string.Create(CultureInfo.InvariantCulture, $"onsets: {1000 * Onset.Mean:+0.0;-0.0} ms, deviation {1000 * Onset.Standard:0.0} ms; velocities: {Velocity.Mean:+0.0;-0.0}, deviation {Velocity.Standard:0.0}; lengths: × {Math.Exp(Length.Mean):0.00}, deviation × {Math.Exp(Length.Standard):0.00}");
    }

    /// <summary>The errors of two pieces.</summary>
    public static ListeningErrors operator +(ListeningErrors left, ListeningErrors right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new()
        {
            ByLoudness = [.. left.ByLoudness.Zip(right.ByLoudness, DetectionScore.Add)],
            Repeated = left.Repeated + right.Repeated,
            Doubled = left.Doubled + right.Doubled,
            All = left.All + right.All,
            FalseOctaves = left.FalseOctaves + right.FalseOctaves,
            FalseRepetitions = left.FalseRepetitions + right.FalseRepetitions,
            Mistimed = left.Mistimed + right.Mistimed,
            FalseOthers = left.FalseOthers + right.FalseOthers,
            Onset = left.Onset + right.Onset,
            Length = left.Length + right.Length,
            Velocity = left.Velocity + right.Velocity,
        };
    }

    /// <summary>The sum of two.</summary>
    public static ListeningErrors Add(ListeningErrors left, ListeningErrors right) => left + right;

    // Notes by key and by time.
    private sealed class NoteTimes(IReadOnlyList<Note> notes)
    {
        private readonly ILookup<int, int> _byKey = Enumerable.Range(0, notes.Count).ToLookup(i => notes[i].Key.Midi);
        private readonly Note[] _byOnset = [.. notes.OrderBy(note => note.Onset)];

        public IEnumerable<int> Indices(int midi) => _byKey[midi];

        public IEnumerable<Note> Of(int midi) => _byKey[midi].Select(i => notes[i]);

        public bool Any(double time, double reach, Func<Note, bool> fits)
        {
            var (low, high) = (0, _byOnset.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_byOnset[middle].Onset < time - reach) low = middle + 1;
                else high = middle;
            }

            for (; low < _byOnset.Length && _byOnset[low].Onset <= time + reach; low++)
            {
                if (fits(_byOnset[low])) return true;
            }

            return false;
        }
    }
}

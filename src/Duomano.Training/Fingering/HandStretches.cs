using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Training.Fingering;

/// <summary>
/// Cuts stretches from pieces, each time in another tempo, key and touch: sometimes exact, sometimes as people play.
/// </summary>
internal sealed class HandStretches
{
    private const int Length = 200;

    // Music seen before and after a stretch.
    private const int Lead = 70;
    private const int Trail = 40;

    private readonly IReadOnlyList<IReadOnlyList<Note>> _pieces;
    private readonly SeededRandom _random;
    private readonly int[] _ends;

    public HandStretches(IReadOnlyList<IReadOnlyList<Note>> pieces, SeededRandom random)
    {
        _pieces = pieces;
        _random = random;
        _ends = new int[pieces.Count];
        for (var i = 0; i < pieces.Count; i++) _ends[i] = NoteCount += pieces[i].Count;
    }

    public int NoteCount { get; }

    /// <summary>Another stretch.</summary>
    /// <param name="alone">Probability that the network lives with its own choices there.</param>
    public HandStretch Next(double alone)
    {
        var at = _random.Next(NoteCount) + 1;
        var piece = Array.BinarySearch(_ends, at);
        var notes = _pieces[piece < 0 ? ~piece : piece];
        var start = _random.NextDouble() < 0.1 ? 0 : _random.Next(Math.Max(1, notes.Count - 20));
        var from = Math.Max(0, start - Lead);
        var varied = Vary(notes, from, Math.Min(notes.Count, start + Length + Trail));
        return new(varied, start - from, Math.Min(varied.Length, start - from + Length)) { LivesWithItself = _random.NextDouble() < alone };
    }

    private Note[] Vary(IReadOnlyList<Note> notes, int from, int to)
    {
        var tempo = Math.Exp(_random.Uniform(-0.3, 0.3));
        var looseness = _random.NextDouble() < 0.5 ? 0 : _random.Uniform(0, 0.012);
        var legato = _random.NextDouble() < 0.5 ? 1 : Math.Exp(_random.Uniform(-0.3, 0.3));
        var shift = Shift(notes, from, to);
        var varied = new Note[to - from];
        for (var i = from; i < to; i++)
        {
            var note = notes[i];
            var onset = Math.Max(0, (note.Onset - notes[from].Onset) * tempo + 0.5 + looseness * _random.NextGaussian());
            var length = note.Duration * tempo * legato * (looseness > 0 ? Math.Exp(0.1 * _random.NextGaussian()) : 1);
            varied[i - from] = new Note(onset, onset + length, new PianoKey(note.Key.Midi + shift), note.Velocity) { Hand = note.Hand };
        }

        return [.. varied.OrderBy(note => note.Onset).ThenBy(note => note.Key).ThenBy(note => note.Offset)];
    }

    // Up to five semitones up or down, as far as the keyboard goes.
    private int Shift(IReadOnlyList<Note> notes, int from, int to)
    {
        var keys = Enumerable.Range(from, to - from).Select(i => notes[i].Key.Midi).ToArray();
        return Math.Clamp(_random.Next(11) - 5, PianoKey.LowestMidi - keys.Min(), PianoKey.HighestMidi - keys.Max());
    }
}

/// <summary>A stretch of music that is gone through note by note.</summary>
internal sealed class HandStretch
{
    private readonly Note[] _notes;
    private readonly int _end;

    public HandStretch(Note[] notes, int start, int end)
    {
        _notes = notes;
        _end = end;
        Index = start;
        Features = new(notes, FingeringOptions.Default.ChordWindow);
        for (var i = 0; i < start; i++) History = (History << 1) | HandFeatures.Bit(notes[i].Hand!.Value);
    }

    public HandFeatures Features { get; }

    public int Index { get; private set; }

    public ulong History { get; private set; }

    /// <summary>Whether the hands the network chose, not the true ones, are its history.</summary>
    public bool LivesWithItself { get; init; }

    public bool AtEnd => Index >= _end;

    public HandSide Hand => _notes[Index].Hand!.Value;

    public void GoOn(int hand)
    {
        History = (History << 1) | (uint)hand;
        Index++;
    }
}

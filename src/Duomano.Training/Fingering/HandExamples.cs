using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Training.Fingering;

/// <summary>
/// Stretches of pieces of which the hands are known, each time played another way: tempo, rubato, touch, pedal, key,
/// rolled chords, ornaments, notes left out and notes that do not belong there, as in transcriptions.
/// </summary>
internal sealed class HandExamples
{
    private const int ShortestStretch = 24;

    // Share of the stretches that are runs over the keyboard, which scores hardly have.
    private const double Runs = 0.02;

    // Where hands take over in a run, MIDI numbers.
    private const int LowestTakeover = 55;
    private const int TakeoverRange = 11;

    // Ornaments and stray notes, seconds.
    private const double OrnamentLength = 0.07;
    private const double StrayLength = 0.15;

    private readonly IReadOnlyList<IReadOnlyList<Note>> _pieces;
    private readonly int[] _ends;
    private readonly int _length;

    /// <summary>Takes pieces.</summary>
    /// <param name="pieces">Notes with hands, each piece sorted by onset.</param>
    /// <param name="length">Notes in a stretch.</param>
    public HandExamples(IReadOnlyList<IReadOnlyList<Note>> pieces, int length)
    {
        _pieces = pieces;
        _length = length;
        _ends = new int[pieces.Count];
        for (var i = 0; i < pieces.Count; i++) _ends[i] = NoteCount += pieces[i].Count;
    }

    /// <summary>Notes of all pieces.</summary>
    public int NoteCount { get; }

    /// <summary>Another stretch, as an example for a network that tags notes.</summary>
    public TaggerExample Next(SeededRandom random)
    {
        var (notes, told) = Draw(random);
        return new(HandTags.Features(told, FingeringOptions.Default.ChordWindow), [.. notes.Select(note => note.Hand is { } hand ? (int)hand : -1)]);
    }

    /// <summary>Another stretch: its notes with their hands (none for those that do not belong there), and with the hands told beforehand.</summary>
    public (Note[] Notes, Note[] Told) Draw(SeededRandom random)
    {
        if (random.NextDouble() < Runs) return Run(random);
        var piece = Array.BinarySearch(_ends, random.Next(NoteCount) + 1);
        var notes = _pieces[piece < 0 ? ~piece : piece];
        var start = Math.Clamp(random.Next(notes.Count + _length / 2) - _length / 2, 0, Math.Max(0, notes.Count - ShortestStretch));
        var varied = Vary(notes, start, Math.Min(notes.Count, start + _length), random);

        // Mostly no hand is told beforehand, sometimes those of some notes.
        var share = random.NextDouble() < 0.7 ? 0 : random.Uniform(0, 0.6);
        return (varied, Array.ConvertAll(varied, note => random.NextDouble() < share ? note : note with { Hand = null }));
    }

    // Up or down the whole keyboard: the left hand below, the right hand above.
    private static (Note[] Notes, Note[] Told) Run(SeededRandom random)
    {
        var time = Math.Exp(random.Uniform(Math.Log(0.05), Math.Log(0.3)));
        var takeover = LowestTakeover + random.Next(TakeoverRange);
        var largest = 1 + random.Next(4);
        var keys = new List<int>();
        for (var key = PianoKey.LowestMidi + random.Next(12); key <= PianoKey.HighestMidi - random.Next(12); key += 1 + random.Next(largest)) keys.Add(key);
        if (random.Next(2) == 0) keys.Reverse();
        Note[] notes = [.. keys.Select((key, i) => new Note(i * time, (i + 1) * time, new PianoKey(key), 64) { Hand = key < takeover ? HandSide.Left : HandSide.Right })];
        return (notes, Array.ConvertAll(notes, note => note with { Hand = null }));
    }

    private static Note[] Vary(IReadOnlyList<Note> notes, int from, int to, SeededRandom random)
    {
        var tempo = Math.Exp(random.Uniform(-0.35, 0.35));
        var (rubato, period, phase) = (random.NextDouble() < 0.5 ? 0 : random.Uniform(0, 0.25), random.Uniform(2, 12), random.Uniform(0, 2 * Math.PI));
        var looseness = random.NextDouble() < 0.5 ? 0 : random.Uniform(0, 0.015);
        var roll = random.NextDouble() < 0.8 ? 0 : random.Uniform(0.01, 0.05);
        var legato = random.NextDouble() < 0.5 ? 1 : Math.Exp(random.Uniform(-0.5, 0.3));
        var pedal = random.NextDouble() < 0.85 ? 0 : random.Uniform(0.5, 2.5);
        var missing = random.NextDouble() < 0.6 ? 0 : random.Uniform(0, 0.08);
        var stray = random.NextDouble() < 0.7 ? 0 : random.Uniform(0, 0.04);
        var ornaments = random.NextDouble() < 0.8 ? 0 : random.Uniform(0, 0.05);
        var shift = Shift(notes, from, to, random);
        var first = notes[from].Onset;
        var varied = new List<Note>(to - from);
        for (var i = from; i < to; i++)
        {
            if (random.NextDouble() < missing) continue;
            var note = notes[i];
            var rolled = roll * Below(notes, i, from);
            var onset = Math.Max(0, Time(note.Onset) + 0.5 + rolled + looseness * random.NextGaussian());
            var length = (Time(note.Offset) - Time(note.Onset)) * legato * (looseness > 0 ? Math.Exp(0.1 * random.NextGaussian()) : 1);
            if (pedal > 0) length = Math.Max(length, pedal - (Time(note.Onset) % pedal));
            Add(onset, length, note.Key.Midi + shift, note.Hand);
            if (random.NextDouble() < ornaments)
            {
                var other = note.Key.Midi + shift + (random.Next(2) == 0 ? -1 : 1) * (1 + random.Next(2));
                Add(Math.Max(0, onset - 2 * OrnamentLength), OrnamentLength, note.Key.Midi + shift, note.Hand);
                Add(Math.Max(0, onset - OrnamentLength), OrnamentLength, other, note.Hand);
            }

            if (random.NextDouble() < stray) Add(onset + random.Uniform(0, 0.3), StrayLength, note.Key.Midi + shift + random.Next(49) - 24, null);
        }

        if (varied.Count == 0) Add(0, 0.1, notes[from].Key.Midi, notes[from].Hand);
        return [.. varied.OrderBy(note => note.Onset).ThenBy(note => note.Key).ThenBy(note => note.Offset)];

        double Time(double time)
        {
            var t = (time - first) * tempo;
            return t + rubato * period / (2 * Math.PI) * (Math.Sin(2 * Math.PI * t / period + phase) - Math.Sin(phase));
        }

        void Add(double onset, double length, int key, HandSide? hand)
        {
            if (PianoKey.IsOnPiano(key)) varied.Add(new Note(onset, onset + Math.Max(0.02, length), new PianoKey(key), 64) { Hand = hand });
        }
    }

    // Notes of the same hand struck with a note, below it.
    private static int Below(IReadOnlyList<Note> notes, int index, int from)
    {
        var count = 0;
        for (var i = index - 1; i >= from && notes[index].Onset - notes[i].Onset < 0.01; i--)
        {
            if (notes[i].Hand == notes[index].Hand && notes[i].Key.Midi < notes[index].Key.Midi) count++;
        }

        return count;
    }

    // Up to six semitones up or down, as far as the keyboard goes.
    private static int Shift(IReadOnlyList<Note> notes, int from, int to, SeededRandom random)
    {
        var keys = Enumerable.Range(from, to - from).Select(i => notes[i].Key.Midi).ToArray();
        return Math.Clamp(random.Next(13) - 6, PianoKey.LowestMidi - keys.Min(), PianoKey.HighestMidi - keys.Max());
    }
}

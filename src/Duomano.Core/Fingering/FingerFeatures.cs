namespace Duomano.Core.Fingering;

/// <summary>
/// What is known of each note of a hand before any finger is chosen, as features that are there or not: intervals to the
/// notes around it, colours of keys, times, what is held. The left hand is mirrored at D, which leaves the keys' colours as
/// they are.
/// </summary>
internal sealed class FingerFeatures
{
    // Notes, and slices, on each side whose intervals are told.
    private const int Notes = 10;
    private const int SlicesAround = 6;
    private const int Intervals = 31;
    private const double LegatoOverlap = 0.05;
    private const double Repetition = 2.5;

    private const int NoteBlock = 0;
    private const int ColourBlock = NoteBlock + 2 * Notes * Intervals;
    private const int ChordBlock = ColourBlock + 2 * Notes * 2;
    private const int HeldBlock = ChordBlock + Intervals;
    private const int WhileBlock = HeldBlock + Intervals;
    private const int SliceBlock = WhileBlock + 2 * Intervals;
    private const int TimeBlock = SliceBlock + 4 * SlicesAround * Intervals;
    private const int RankBlock = TimeBlock + 6 * TimeBins;
    private const int ClassBlock = RankBlock + 18;
    private const int AgainBlock = ClassBlock + 12;
    private const int SourceBlock = AgainBlock + 2 * TimeBins;
    private const int GivenBlock = SourceBlock + 2;
    private const int TimeBins = 9;

    /// <summary>Number of features.</summary>
    public const int Count = GivenBlock + 5;

    private static readonly double[] Times = [0.03, 0.08, 0.13, 0.2, 0.3, 0.5, 0.9, 1.8];

    /// <summary>The features of all notes of a hand.</summary>
    /// <param name="slices">The hand's slices in time.</param>
    /// <param name="printed">Whether fingers are asked for as editions print them, not as people play.</param>
    /// <returns>Slice by slice, in each from the thumb's side outwards.</returns>
    public static int[][] Of(IReadOnlyList<Slice> slices, bool printed)
    {
        var notes = new List<(HandNote Note, int Slice)>();
        for (var slice = 0; slice < slices.Count; slice++)
        {
            foreach (var note in slices[slice].Notes) notes.Add((note, slice));
        }

        var features = new int[notes.Count][];
        var own = new List<int>();
        for (var i = 0; i < notes.Count; i++)
        {
            own.Clear();
            Find(slices, notes, i, own);
            own.Add(SourceBlock + (printed ? 1 : 0));
            if (notes[i].Note.Given > 0) own.Add(GivenBlock + notes[i].Note.Given - 1);
            features[i] = [.. own];
        }

        return features;
    }

    private static void Find(IReadOnlyList<Slice> slices, List<(HandNote Note, int Slice)> notes, int index, List<int> features)
    {
        var (note, at) = notes[index];
        var slice = slices[at];
        for (var k = 1; k <= Notes; k++)
        {
            Neighbour(index + k, 2 * (k - 1));
            Neighbour(index - k, 2 * (k - 1) + 1);
        }

        for (var k = 1; k <= SlicesAround; k++)
        {
            Edges(at + k, 2 * (k - 1));
            Edges(at - k, 2 * (k - 1) + 1);
        }

        int below = 0, above = 0;
        foreach (var mate in slice.Notes)
        {
            if (mate.Index == note.Index) continue;
            features.Add(ChordBlock + Interval(mate.Height - note.Height));
            if (mate.Height < note.Height) below++;
            else above++;
        }

        features.Add(RankBlock + Math.Min(below, 5));
        features.Add(RankBlock + 6 + Math.Min(above, 5));
        features.Add(RankBlock + 12 + Math.Min(slice.Notes.Length, 6) - 1);

        for (var i = index - 1; i >= 0 && i >= index - 24; i--)
        {
            var (other, _) = notes[i];
            if (notes[i].Slice != at && other.Offset > note.Onset + LegatoOverlap) features.Add(HeldBlock + Interval(other.Height - note.Height));
        }

        int low = 0, high = 0;
        for (var i = index + 1; i < notes.Count && i <= index + 24 && notes[i].Note.Onset < note.Offset - LegatoOverlap; i++)
        {
            if (notes[i].Slice == at) continue;
            low = Math.Min(low, notes[i].Note.Height - note.Height);
            high = Math.Max(high, notes[i].Note.Height - note.Height);
        }

        features.Add(WhileBlock + Interval(low));
        features.Add(WhileBlock + Intervals + Interval(high));

        features.Add(TimeBlock + Bin(Between(at - 1, at)));
        features.Add(TimeBlock + TimeBins + Bin(Between(at, at + 1)));
        features.Add(TimeBlock + 2 * TimeBins + Bin(Between(at - 2, at)));
        features.Add(TimeBlock + 3 * TimeBins + Bin(Between(at, at + 2)));
        features.Add(TimeBlock + 4 * TimeBins + Bin(at == 0 ? double.MaxValue : slice.Onset - slices[at - 1].End));
        features.Add(TimeBlock + 5 * TimeBins + Bin(note.Offset - note.Onset));

        features.Add(ClassBlock + (note.Height % 12 + 12) % 12);
        for (var i = index - 1; i >= 0 && note.Onset - notes[i].Note.Onset < Repetition; i--)
        {
            if (notes[i].Note.Height != note.Height) continue;
            features.Add(AgainBlock + Bin(note.Onset - notes[i].Note.Onset));
            break;
        }

        for (var i = index + 1; i < notes.Count && notes[i].Note.Onset - note.Onset < Repetition; i++)
        {
            if (notes[i].Note.Height != note.Height) continue;
            features.Add(AgainBlock + TimeBins + Bin(notes[i].Note.Onset - note.Onset));
            break;
        }

        void Neighbour(int other, int place)
        {
            if (other < 0 || other >= notes.Count) return;
            features.Add(NoteBlock + place * Intervals + Interval(notes[other].Note.Height - note.Height));
            features.Add(ColourBlock + place * 2 + (notes[other].Note.Black ? 1 : 0));
        }

        void Edges(int other, int place)
        {
            if (other < 0 || other >= slices.Count) return;
            features.Add(SliceBlock + 2 * place * Intervals + Interval(slices[other].Notes[0].Height - note.Height));
            features.Add(SliceBlock + (2 * place + 1) * Intervals + Interval(slices[other].Notes[^1].Height - note.Height));
        }

        double Between(int from, int to) => from < 0 || to >= slices.Count ? double.MaxValue : slices[to].Onset - slices[from].Onset;
    }

    private static int Bin(double time)
    {
        var bin = 0;
        while (bin < Times.Length && time > Times[bin]) bin++;
        return bin;
    }

    // Semitones one by one up to a tenth, then coarser.
    private static int Interval(int semitones)
    {
        var size = Math.Abs(semitones);
        return Intervals / 2 + Math.Sign(semitones) * (size <= 13 ? size : size <= 18 ? 14 : 15);
    }
}

using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Training.Fingering;

/// <summary>
/// Stretches of one hand's notes of which some fingers are known, each time a little faster or slower and with some fingers
/// told beforehand.
/// </summary>
internal sealed class FingerExamples
{
    private const int ShortestStretch = 12;

    private readonly List<(FingeredPiece Piece, HandSide Side, Note[] Notes)> _parts = [];
    private readonly List<double> _ends = [];
    private readonly int _length;

    /// <summary>Takes pieces.</summary>
    /// <param name="pieces">Pieces with hands and some fingers, and how much a known finger of each counts.</param>
    /// <param name="length">Notes in a stretch.</param>
    public FingerExamples(IEnumerable<(FingeredPiece Piece, double Weight)> pieces, int length)
    {
        _length = length;
        double end = 0;
        foreach (var (piece, weight) in pieces)
        {
            foreach (var side in HandSides.Both)
            {
                Note[] notes = [.. piece.Notes.Where(note => note.Hand == side)];
                var known = notes.Count(note => note.Finger is not null);
                if (known == 0) continue;
                _parts.Add((piece, side, notes));
                _ends.Add(end += known * weight);
            }
        }
    }

    /// <summary>Another stretch.</summary>
    public TaggerExample Next(SeededRandom random)
    {
        var at = _ends.BinarySearch(random.NextDouble() * _ends[^1]);
        var (piece, side, notes) = _parts[Math.Min(at < 0 ? ~at : at, _parts.Count - 1)];
        var start = Math.Clamp(random.Next(notes.Length + _length / 2) - _length / 2, 0, Math.Max(0, notes.Length - ShortestStretch));
        var tempo = Math.Exp(random.Uniform(-0.2, 0.2));
        Note[] varied = [.. notes.Skip(start).Take(_length).Select(note => Vary(note, notes[start].Onset, tempo))];
        var share = random.NextDouble() < 0.6 ? 0 : random.Uniform(0, 0.5);
        var slices = Slice.Of(varied, [.. varied.Select(note => note.Hand!.Value)], side, FingeringOptions.Default.ChordWindow);
        var answers = slices.SelectMany(slice => slice.Notes).Select(note => note.Given - 1).ToArray();
        Slice[] told = [.. slices.Select(slice => slice.WithGiven(_ => random.NextDouble() < share))];
        return new(FingerFeatures.Of(told, piece.Printed), answers);
    }

    private static Note Vary(Note note, double start, double tempo)
    {
        var onset = (note.Onset - start) * tempo;
        return new(onset, onset + note.Duration * tempo, note.Key, note.Velocity) { Hand = note.Hand, Finger = note.Finger };
    }
}

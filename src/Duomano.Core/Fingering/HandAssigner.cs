using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>
/// Divides a piece between two hands: a beam search over all notes in time for the likeliest hands, judged by a network
/// that sees the notes around and the hands chosen so far (<see cref="HandFeatures"/>). Notes are taken one by one, so
/// nothing depends on chords being struck exactly together.
/// </summary>
internal sealed class HandAssigner
{
    // Partial solutions that agree on this many latest notes are one: the cheapest stays.
    private const int MergeDepth = 16;

    // More than anything else a hand could be spared.
    private const float Impossible = 100;

    private readonly IReadOnlyList<Note> _notes;
    private readonly FingeringOptions _options;
    private readonly HandNetwork _network;
    private readonly HandFeatures _features;

    private HandAssigner(IReadOnlyList<Note> notes, FingeringOptions options, HandNetwork network)
    {
        _notes = notes;
        _options = options;
        _network = network;
        _features = new(notes, options.ChordWindow);
    }

    /// <summary>Chooses a hand for each note.</summary>
    /// <param name="notes">Notes sorted by onset; hands already given are kept.</param>
    /// <param name="options">Beam width and hand size.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops it.</param>
    public static HandSide[] Assign(IReadOnlyList<Note> notes, FingeringOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        notes.All(note => note.Hand is not null) ? [.. notes.Select(note => note.Hand!.Value)] : Assign(notes, options, BundledNetworks.Hands, progress, cancellation);

    /// <summary>The same with another network.</summary>
    internal static HandSide[] Assign(IReadOnlyList<Note> notes, FingeringOptions options, HandNetwork network, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        new HandAssigner(notes, options, network).Search(progress, cancellation);

    /// <summary>How unlikely hands are: what the search makes least.</summary>
    internal static double Cost(IReadOnlyList<Note> notes, IReadOnlyList<HandSide> sides, FingeringOptions options, HandNetwork network)
    {
        var assigner = new HandAssigner(notes, options, network);
        var judge = new HandJudge(network.Judge, assigner._features, network.Contexts(notes, options.ChordWindow));
        double cost = 0;
        ulong history = 0;
        for (var i = 0; i < notes.Count; i++)
        {
            judge.Begin(i);
            cost += judge.Unlikely(history)[sides[i]] + (assigner.Reaches(i, history, sides[i]) ? 0 : Impossible);
            history = (history << 1) | HandFeatures.Bit(sides[i]);
        }

        return cost;
    }

    private HandSide[] Search(IProgress<double>? progress, CancellationToken cancellation)
    {
        var beam = new List<Partial> { new(null, default, 0, 0) };
        var best = new Dictionary<ulong, Partial>();
        var judge = new HandJudge(_network.Judge, _features, _network.Contexts(_notes, _options.ChordWindow, cancellation));
        var known = new PerHand<double>(0, 0);
        for (var i = 0; i < _notes.Count; i++)
        {
            if ((i & 63) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(i / (double)_notes.Count);
            }

            best.Clear();
            if (_notes[i].Hand is null) judge.Begin(i);
            foreach (var partial in beam)
            {
                var unlikely = _notes[i].Hand is null ? judge.Unlikely(partial.History) : known;
                foreach (var side in HandSides.Both)
                {
                    if (_notes[i].Hand is { } given && given != side) continue;
                    var history = (partial.History << 1) | HandFeatures.Bit(side);
                    var cost = partial.Cost + unlikely[side] + (Reaches(i, partial.History, side) ? 0 : Impossible);
                    var key = history & ((1u << MergeDepth) - 1);
                    if (!best.TryGetValue(key, out var rival) || cost < rival.Cost) best[key] = new(partial, side, history, cost);
                }
            }

            beam.Clear();
            beam.AddRange(best.Values);
            beam.Sort((a, b) => a.Cost != b.Cost ? a.Cost.CompareTo(b.Cost) : a.History.CompareTo(b.History));
            if (beam.Count > _options.BeamWidth) beam.RemoveRange(_options.BeamWidth, beam.Count - _options.BeamWidth);
        }

        var sides = new HandSide[_notes.Count];
        var step = beam[0];
        for (var i = sides.Length - 1; i >= 0; i--)
        {
            sides[i] = step.Side;
            step = step.Before!;
        }

        return sides;
    }

    // Whether five fingers can strike what the hand strikes together with a note.
    private bool Reaches(int index, ulong history, HandSide side)
    {
        var mates = 0;
        var place = _notes[index].Key.CenterX;
        for (var k = 0; k < HandFeatures.Memory && k < index; k++)
        {
            var before = _notes[index - 1 - k];
            if (_notes[index].Onset - before.Onset > _options.ChordWindow) break;
            if (((history >> k) & 1) != HandFeatures.Bit(side)) continue;
            mates++;
            if (mates >= Fingers.All.Count || Math.Abs(before.Key.CenterX - place) > FingerReach.Widest * _options.HandSize) return false;
        }

        return true;
    }

    private sealed record Partial(Partial? Before, HandSide Side, ulong History, double Cost);
}

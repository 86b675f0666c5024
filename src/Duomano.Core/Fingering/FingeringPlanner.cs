using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>
/// Says which hand and which finger plays each note, first the hands over the whole piece (<see cref="HandAssigner"/>),
/// then each hand's fingers (<see cref="FingeringSearch"/>). The same notes always get the same answer.
/// </summary>
public static class FingeringPlanner
{
    // The share of the work that is done when every note has a hand; each hand's fingers take half of the rest.
    private const double Assigned = 0.4;

    /// <summary>Plans a piece.</summary>
    /// <param name="notes">The notes, in any order; hands and fingers already given are kept.</param>
    /// <param name="options">How to choose; null for the usual way.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The same notes in the same order, with a hand each and, where one reaches it, a finger.</returns>
    public static FingeringPlan Plan(IReadOnlyList<Note> notes, FingeringOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(notes);
        return Plan(notes, options ?? FingeringOptions.Default, FingerModel.Bundled, progress, cancellation);
    }

    /// <summary>The same with another model of fingers.</summary>
    internal static FingeringPlan Plan(IReadOnlyList<Note> notes, FingeringOptions options, FingerModel model, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var order = Enumerable.Range(0, notes.Count)
            .OrderBy(i => notes[i].Onset).ThenBy(i => notes[i].Key).ThenBy(i => notes[i].Offset).ToArray();
        // What a hand has not got cannot be asked of it.
        var ordered = Array.ConvertAll(order, i => notes[i].Finger is { } given && options.Lacking.Contains(given) ? notes[i] with { Finger = null } : notes[i]);

        var sides = HandAssigner.Assign(ordered, options, progress.Part(0, Assigned), cancellation);
        var fingers = new byte[ordered.Length];
        foreach (var side in HandSides.Both)
        {
            var slices = Slice.Of(ordered, sides, side, options.ChordWindow);
            cancellation.ThrowIfCancellationRequested();
            var from = side == HandSides.Both[0] ? Assigned : (Assigned + 1) / 2;
            progress?.Report(from);
            var search = new FingeringSearch(options, model.Costs) { Evidence = model.Evidence(slices, cancellation) };
            var shapes = search.Find(slices, progress.Part(from, from + (1 - Assigned) / 2), cancellation);
            for (var i = 0; i < slices.Count; i++)
            {
                for (var j = 0; j < shapes[i].Length; j++) fingers[slices[i].Notes[j].Index] = shapes[i][j];
            }
        }

        progress?.Report(1);
        var planned = new Note[notes.Count];
        for (var i = 0; i < order.Length; i++)
        {
            planned[order[i]] = ordered[i] with
            {
                Hand = sides[i],
                Finger = ordered[i].Finger ?? (fingers[i] == 0 ? null : (Finger)fingers[i]),
            };
        }

        return new(planned, Array.FindAll(planned, note => note.Finger is null));
    }
}

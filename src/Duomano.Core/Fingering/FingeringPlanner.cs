using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>
/// Says which hand and which finger plays each note, first the hands over the whole piece (<see cref="HandAssigner"/>),
/// then each hand's fingers (<see cref="FingeringSearch"/>). The same notes always get the same answer.
/// </summary>
public static class FingeringPlanner
{
    /// <summary>Plans a piece.</summary>
    /// <param name="notes">The notes, in any order; hands and fingers already given are kept.</param>
    /// <param name="options">How to choose; null for the usual way.</param>
    /// <returns>The same notes in the same order, with a hand each and, where one reaches it, a finger.</returns>
    public static FingeringPlan Plan(IReadOnlyList<Note> notes, FingeringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(notes);
        options ??= FingeringOptions.Default;
        var order = Enumerable.Range(0, notes.Count)
            .OrderBy(i => notes[i].Onset).ThenBy(i => notes[i].Key).ThenBy(i => notes[i].Offset).ToArray();
        var ordered = Array.ConvertAll(order, i => notes[i]);

        var sides = HandAssigner.Assign(ordered, options);
        var fingers = new byte[ordered.Length];
        foreach (var side in HandSides.Both)
        {
            var slices = Slice.Of(ordered, sides, side, options.ChordWindow);
            var shapes = new FingeringSearch(options).Find(slices);
            for (var i = 0; i < slices.Count; i++)
            {
                for (var j = 0; j < shapes[i].Length; j++) fingers[slices[i].Notes[j].Index] = shapes[i][j];
            }
        }

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

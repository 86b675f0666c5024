using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>The features by which a <see cref="NoteTagger"/> tells hands: those of the notes around, and hands already known.</summary>
internal static class HandTags
{
    /// <summary>Number of features.</summary>
    public const int Count = HandFeatures.Count + 2;

    /// <summary>The features of all notes of a piece.</summary>
    /// <param name="notes">Notes sorted by onset, some with hands.</param>
    /// <param name="window">Notes that start within this time are struck together, seconds.</param>
    public static int[][] Features(IReadOnlyList<Note> notes, double window)
    {
        var finder = new HandFeatures(notes, window);
        var features = new int[notes.Count][];
        Span<int> list = stackalloc int[HandFeatures.Most];
        for (var i = 0; i < notes.Count; i++)
        {
            var count = finder.Context(i, list);
            if (notes[i].Hand is { } hand) list[count++] = HandFeatures.Count + (int)hand;
            features[i] = list[..count].ToArray();
        }

        return features;
    }
}

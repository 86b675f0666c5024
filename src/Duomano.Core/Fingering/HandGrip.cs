using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>Where a hand is at a moment of a piece and which notes (by their numbers) it has to do with.</summary>
/// <param name="Middle">Its middle, octaves along the keyboard.</param>
/// <param name="Time">When it struck last, seconds.</param>
/// <param name="Held">Notes it holds or has just struck.</param>
/// <param name="Last">Notes it struck last, all at about one time.</param>
/// <param name="Before">Notes it struck before those.</param>
internal sealed record HandGrip(double Middle, double Time, int[] Held, int[] Last, int[] Before)
{
    /// <summary>A hand that has not played yet.</summary>
    public static HandGrip Resting(double middle) => new(middle, double.NegativeInfinity, [], [], []);

    /// <summary>The grip when a note is about to be struck: keys that have come up are gone.</summary>
    public HandGrip At(IReadOnlyList<Note> notes, int index, double window)
    {
        var now = notes[index].Onset;
        return Array.Exists(Held, Gone) ? this with { Held = Array.FindAll(Held, note => !Gone(note)) } : this;

        bool Gone(int note) => notes[note].Offset <= now && now - notes[note].Onset > window;
    }

    /// <summary>The grip once this hand has struck a note.</summary>
    public HandGrip Striking(IReadOnlyList<Note> notes, int index, double middle, double window)
    {
        var together = notes[index].Onset - Time <= window;
        return new(middle, notes[index].Onset, [.. Held, index], together ? [.. Last, index] : [index], together ? Before : Last);
    }
}

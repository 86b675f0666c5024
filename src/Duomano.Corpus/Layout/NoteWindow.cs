using Duomano.Core.Music;

namespace Duomano.Corpus.Layout;

/// <summary>Cuts a stretch of time out of notes.</summary>
internal static class NoteWindow
{
    /// <summary>The notes that sound between two times, counted from the first; what is held before or after is cut off.</summary>
    public static List<Note> Cut(IEnumerable<Note> notes, double start, double end) =>
    [
        .. notes.Where(note => note.Onset < end && note.Offset > start).Select(note =>
            new Note(Math.Max(0, note.Onset - start), Math.Min(note.Offset, end) - start, note.Key, note.Velocity) { Hand = note.Hand, Finger = note.Finger }),
    ];
}

using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>
/// What tells hands: a recurrent network reads the whole piece in both directions, and a small one judges note after note,
/// knowing what the first one has seen there and the hands chosen so far.
/// </summary>
/// <param name="Reader">Reads the piece; its answers are added to the judge's sums.</param>
/// <param name="Judge">Judges a note: left, right.</param>
internal sealed record HandNetwork(NoteTagger Reader, NoteNetwork Judge)
{
    /// <summary>What the judge starts from at each note.</summary>
    /// <param name="notes">Notes sorted by onset, some with hands.</param>
    /// <param name="window">Notes that start within this time are struck together, seconds.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>[notes × the judge's hidden numbers].</returns>
    public float[] Contexts(IReadOnlyList<Note> notes, double window, CancellationToken cancellation = default)
    {
        var contexts = Reader.Scores(HandTags.Features(notes, window), cancellation);
        for (var note = 0; note < notes.Count; note++) NoteNetwork.Add(Judge.Bias, contexts.AsSpan(note * Judge.Hidden, Judge.Hidden));
        return contexts;
    }

    /// <summary>Reads a network; numbers are kept as halves.</summary>
    /// <exception cref="InvalidDataException">It is not a network of this form.</exception>
    public static HandNetwork Read(Stream stream)
    {
        var reader = NoteTagger.Read(stream);
        var judge = NoteNetwork.Read(stream);
        return reader.Answers == judge.Hidden && reader.Features == HandTags.Count && judge.Features == HandFeatures.Count
            ? new(reader, judge)
            : throw new InvalidDataException("This network was made for other features.");
    }

    /// <summary>Writes it.</summary>
    public void Write(Stream stream)
    {
        Reader.Write(stream);
        Judge.Write(stream);
    }
}

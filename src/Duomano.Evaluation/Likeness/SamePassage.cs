using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Likeness;

/// <summary>
/// How far people are from themselves when eight notes of a hand come again with equal times and keys: the floor under every
/// other difference.
/// </summary>
/// <param name="Pairs">How many pairs of passages were compared.</param>
/// <param name="Difference">How far the hands are apart.</param>
/// <param name="Fingers">How many of the passages' notes have the same finger again.</param>
public sealed record SamePassage(int Pairs, PlaceDifference Difference, AgreementCount Fingers)
{
    private const int Length = 8;
    private const int MostPairs = 3;
    private const int FewestFrames = 3;

    /// <summary>Compares all passages that come again with the next time they come.</summary>
    /// <param name="people">The recordings.</param>
    public static SamePassage Measure(IReadOnlyList<RecordedEpisode> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        var passages = new Dictionary<string, List<Passage>>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            foreach (var side in HandSides.Both)
            {
                Note[] notes = [.. person.Notes.Where(note => note.Hand == side).OrderBy(note => note.Onset)];
                for (var first = 0; first + Length <= notes.Length; first++)
                {
                    var passage = new Passage(person, side, notes.AsMemory(first, Length));
                    if (!passages.TryGetValue(passage.Signature, out var list)) passages[passage.Signature] = list = [];
                    list.Add(passage);
                }
            }
        }

        var result = new SamePassage(0, PlaceDifference.None, default);
        foreach (var list in passages.Values)
        {
            for (var i = 0; i < Math.Min(list.Count - 1, MostPairs); i++) result = result.With(list[i], list[i + 1]);
        }

        return result;
    }

    private SamePassage With(Passage first, Passage second)
    {
        var frames = first.FrameCount;
        if (frames < FewestFrames || frames != second.FrameCount || !first.IsRecorded || !second.IsRecorded) return this;
        var difference = Difference;
        for (var i = 0; i < frames; i++) difference += PlaceDifference.Between(first.Person.Points(first.Start + i, first.Side), second.Person.Points(second.Start + i, second.Side));
        var fingers = Fingers;
        for (var i = 0; i < Length; i++) fingers = fingers.With(first.Notes.Span[i].Finger == second.Notes.Span[i].Finger);
        return new(Pairs + 1, difference, fingers);
    }

    private sealed record Passage(RecordedEpisode Person, HandSide Side, ReadOnlyMemory<Note> Notes)
    {
        public int Start => PlayingFrames.At(Person, Notes.Span[0].Onset);

        public int FrameCount => PlayingFrames.At(Person, Notes.Span[^1].Onset) - Start + 1;

        public bool IsRecorded => Start + FrameCount <= Person.FrameCount;

        public string Signature
        {
            get
            {
                var notes = Notes.Span;
                var text = new System.Text.StringBuilder(Side.Name());
                foreach (var note in notes) text.Append(' ').Append((int)Math.Round((note.Onset - notes[0].Onset) * Person.Fps)).Append(':').Append(note.Key.Midi);
                return text.ToString();
            }
        }
    }
}

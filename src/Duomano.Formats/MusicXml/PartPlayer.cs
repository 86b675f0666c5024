using Duomano.Core.Hands;

namespace Duomano.Formats.MusicXml;

/// <summary>Plays one part's measures in their order: ties, grace notes, arpeggios, then ornaments.</summary>
internal sealed class PartPlayer
{
    private readonly WrittenPart _part;
    private readonly ScoreTime _time;
    private readonly Loudness _loudness;
    private readonly Func<int, HandSide?> _handOfStaff;
    private readonly ILookup<int, WrittenChord> _chords;
    private readonly List<PlayedNote> _notes = [];
    private readonly Dictionary<int, List<PlayedNote>> _open = [];
    private double _measureStart;

    private PartPlayer(WrittenPart part, ScoreTime time, Func<int, HandSide?> handOfStaff)
    {
        _part = part;
        _time = time;
        _loudness = new(part, time);
        _handOfStaff = handOfStaff;
        _chords = part.Chords.ToLookup(chord => chord.Measure);
    }

    /// <summary>Plays a part.</summary>
    /// <param name="part">What is written.</param>
    /// <param name="time">Seconds of written places.</param>
    /// <param name="order">Measures as they are played.</param>
    /// <param name="handOfStaff">The hand of a staff, 1 being the highest.</param>
    /// <returns>Notes, and the pedal's movements (seconds, value).</returns>
    public static (List<PlayedNote> Notes, List<(double Time, int Value)> Pedal) Play(WrittenPart part, ScoreTime time, IReadOnlyList<int> order, Func<int, HandSide?> handOfStaff)
    {
        var player = new PartPlayer(part, time, handOfStaff);
        var pedals = part.Pedal.ToLookup(change => change.Measure);
        var pedal = new List<(double, int)>();
        var start = 0.0;
        foreach (var measure in order)
        {
            var first = time.Seconds(time.At(measure, 0));
            foreach (var change in pedals[measure]) pedal.Add((start + time.Seconds(time.At(measure, change.Tick)) - first, change.Value));
            player.PlayMeasure(measure, start);
            start += time.LengthOf(measure);
        }

        return ([.. player._notes.SelectMany(OrnamentPlayer.Play)], pedal);
    }

    private void PlayMeasure(int measure, double start)
    {
        _measureStart = start;

        // Each voice by itself, since grace notes belong to the next chord of their own voice; voices in the order of the file.
        foreach (var voice in _chords[measure].Where(chord => chord.Notes.Count > 0).GroupBy(chord => chord.Voice))
        {
            var graces = new List<WrittenChord>();
            WrittenChord? previous = null;
            WrittenChord[] chords = [.. voice];
            for (var i = 0; i < chords.Length; i++)
            {
                var chord = chords[i];
                var next = i + 1 < chords.Length && chords[i + 1].Grace == GraceKind.None ? chords[i + 1] : null;
                if (chord.Grace == GraceKind.After && previous is not null && graces.Count == 0)
                {
                    PlayAfter(previous, [chord], start);
                }
                else if (chord.Grace != GraceKind.None)
                {
                    graces.Add(chord);
                }
                else if (chord.TremoloToNext > 0 && next is not null)
                {
                    PlayTremolo(chord, next, start);
                    graces.Clear();
                    previous = next;
                    i++;
                }
                else
                {
                    if (chord.SlidesToNext && next is not null && chord.Notes.Count == 1) PlaySlide(chord, next, start);
                    else PlayChord(chord, graces, start);
                    graces.Clear();
                    previous = chord;
                }
            }

            if (graces.Count > 0) PlayAfter(previous, graces, start);
        }
    }

    private void PlayChord(WrittenChord chord, List<WrittenChord> graces, double start)
    {
        var (onset, end) = (Time(chord, chord.Start, start), Time(chord, chord.Start + chord.Duration, start));
        var rolls = chord.Arpeggio && chord.Notes.Count > 1;

        // A rolled chord begins on the beat together with the grace note.
        var waits = graces.Count > 0 ? PlayGraces(graces, chord, onset, end) : 0;
        if (!rolls) onset += waits;
        var ordered = chord.ArpeggioDown ? chord.Notes.OrderByDescending(note => note.Midi) : chord.Notes.OrderBy(note => note.Midi);
        var step = rolls ? GraceTimes.ArpeggioStep(end - onset, chord.Duration / (double)WrittenFrame.Quarter, chord.Notes.Count) : 0;
        var i = 0;
        foreach (var note in ordered) Strike(chord, note, onset + step * i++, end);
    }

    // Two chords in turn, as long as both together.
    private void PlayTremolo(WrittenChord first, WrittenChord second, double start)
    {
        var (onset, end) = (Time(first, first.Start, start), Time(second, second.Start + second.Duration, start));
        var each = _time.QuarterAt(_time.At(first.Measure, first.Start)) / (1 << first.TremoloToNext);
        var count = (int)Math.Clamp(Math.Round((end - onset) / each), 2, OrnamentPlayer.MostNotes);
        for (var i = 0; i < count; i++)
        {
            var chord = i % 2 == 0 ? first : second;
            foreach (var note in chord.Notes) Strike(chord, note, onset + (end - onset) * i / count, onset + (end - onset) * (i + 1) / count);
        }
    }

    // A finger slides over the white keys, or over the black ones between two of them.
    private void PlaySlide(WrittenChord chord, WrittenChord next, double start)
    {
        var (origin, to) = (chord.Notes[0], next.Notes.MaxBy(note => note.Midi)!.Midi);
        var direction = Math.Sign(to - origin.Midi);
        var isBlack = IsBlack(origin.Midi) && IsBlack(to);
        var keys = new List<int> { origin.Midi };
        for (var key = origin.Midi + direction; direction != 0 && key != to && Math.Abs(key - origin.Midi) < 100; key += direction)
        {
            if (IsBlack(key) == isBlack) keys.Add(key);
        }

        var (onset, end) = (Time(chord, chord.Start, start), Time(chord, chord.Start + chord.Duration, start));
        for (var i = 0; i < keys.Count; i++)
        {
            var note = i == 0 ? origin : origin with { Midi = keys[i], Finger = null };
            Strike(chord, note, onset + (end - onset) * i / keys.Count, onset + (end - onset) * (i + 1) / keys.Count);
        }

        static bool IsBlack(int key) => ((key % 12 + 12) % 12) is 1 or 3 or 6 or 8 or 10;
    }

    // Grace notes come on the beat; how long they make their note wait is returned.
    private double PlayGraces(List<WrittenChord> graces, WrittenChord main, double onset, double end)
    {
        var taken = GraceTimes.Before(graces, main, end - onset, _time.QuarterAt(_time.At(main.Measure, main.Start)));
        var each = taken / graces.Count;
        for (var i = 0; i < graces.Count; i++)
        {
            foreach (var note in graces[i].Notes) Strike(graces[i], note, onset + each * i, onset + each * (i + 1));
        }

        return taken;
    }

    // Grace notes at the end of the note before them.
    private void PlayAfter(WrittenChord? main, IReadOnlyList<WrittenChord> graces, double start)
    {
        if (main is null) return;
        var (onset, end) = (Time(main, main.Start, start), Time(main, main.Start + main.Duration, start));
        var taken = GraceTimes.After(end - onset);
        foreach (var note in _notes.Where(note => note.Chord == main && note.WrittenEnd == end)) note.Offset = Math.Max(note.Onset, Math.Min(note.Offset, end - taken));
        for (var i = 0; i < graces.Count; i++)
        {
            foreach (var note in graces[i].Notes) Strike(graces[i], note, end - taken + taken / graces.Count * i, end - taken + taken / graces.Count * (i + 1));
        }
    }

    private void Strike(WrittenChord chord, WrittenNote note, double onset, double end)
    {
        if (!_open.TryGetValue(note.Midi, out var open)) _open[note.Midi] = open = [];

        // What is tied to nothing that ends here is struck. Voices are played one after the other, so an end may still be waited for.
        open.RemoveAll(before => before.WrittenEnd < _measureStart - GraceTimes.Moment);
        if (note.TieStops && open.Find(before => Math.Abs(before.WrittenEnd - onset) <= GraceTimes.Moment || (before.Chord.Grace != GraceKind.None && before.WrittenEnd >= onset - GraceTimes.Moment)) is { } tied)
        {
            tied.Offset = onset + (end - onset) * chord.Held;
            tied.WrittenEnd = end;
            if (!note.TieStarts) open.Remove(tied);
            return;
        }

        var tick = _time.At(chord.Measure, chord.Start);
        var played = new PlayedNote
        {
            Source = note,
            Chord = chord,
            Midi = note.Midi,
            Onset = onset,
            Offset = onset + (end - onset) * (note.TieStarts ? 1 : chord.Held),
            WrittenEnd = end,
            Quarter = _time.QuarterAt(tick),
            Velocity = Math.Clamp((note.Dynamics ?? _loudness.At(tick)) * chord.Stress, 1, 127),
            Hand = _handOfStaff(note.Staff),
        };
        _notes.Add(played);
        if (note.TieStarts) open.Add(played);
    }

    private double Time(WrittenChord chord, long tick, double measureStart) =>
        measureStart + _time.Seconds(_time.At(chord.Measure, tick)) - _time.Seconds(_time.At(chord.Measure, 0));
}

namespace Duomano.Formats.MusicXml;

/// <summary>Plays trills, mordents, turns and tremolos out.</summary>
internal static class OrnamentPlayer
{
    // An ornament's notes are thirty-second notes, but no slower than this, seconds.
    private const double Slowest = 0.125;

    // A trill is this many notes at least.
    private const int ShortestTrill = 4;

    /// <summary>Nothing that is played out has more notes.</summary>
    public const int MostNotes = 4000;

    public static IEnumerable<PlayedNote> Play(PlayedNote note)
    {
        var length = note.Offset - note.Onset;
        if (length <= 0) return [note];
        if (note.Chord.Tremolo > 0 && note.Chord.Grace == GraceKind.None) return Repeat(note, length);

        // An ornament at a chord is for its highest note.
        if (note.Chord.Ornament == Ornament.None || note.Source != note.Chord.Notes.MaxBy(head => head.Midi)) return [note];
        int[] steps = note.Chord.Ornament switch
        {
            Ornament.Mordent => [0, -1],
            Ornament.InvertedMordent => [0, 1],
            Ornament.Turn or Ornament.DelayedTurn => [1, 0, -1],
            Ornament.InvertedTurn => [-1, 0, 1],
            _ => [],
        };
        return note.Chord.Ornament == Ornament.Trill ? Trill(note, length)
            : note.Chord.Ornament == Ornament.DelayedTurn ? Delayed(note, length, [1, 0, -1, 0])
            : Begin(note, length, steps);
    }

    /// <summary>How long a note of an ornament is, seconds, where a quarter note takes so long.</summary>
    public static double Each(double quarter)
    {
        var each = quarter / 8;
        while (each > Slowest * 1.001) each /= 2;
        return each;
    }

    // Some short notes, then the note itself.
    private static IEnumerable<PlayedNote> Begin(PlayedNote note, double length, int[] steps)
    {
        var each = Math.Min(Each(note.Quarter), length / (steps.Length + 1));
        for (var i = 0; i < steps.Length; i++) yield return Part(note, steps[i], each * i, each * (i + 1), i == 0);
        yield return Part(note, 0, each * steps.Length, length, steps.Length == 0);
    }

    private static IEnumerable<PlayedNote> Delayed(PlayedNote note, double length, int[] steps)
    {
        var each = Math.Min(Each(note.Quarter), length / (steps.Length + 1));
        var held = length - each * steps.Length;
        yield return Part(note, 0, 0, held, true);
        for (var i = 0; i < steps.Length; i++) yield return Part(note, steps[i], held + each * i, held + each * (i + 1), false);
    }

    private static IEnumerable<PlayedNote> Trill(PlayedNote note, double length)
    {
        var count = Math.Clamp((int)Math.Round(length / Each(note.Quarter)), ShortestTrill, MostNotes);
        for (var i = 0; i < count; i++) yield return Part(note, i % 2, length * i / count, length * (i + 1) / count, i == 0);
    }

    private static IEnumerable<PlayedNote> Repeat(PlayedNote note, double length)
    {
        var each = note.Quarter / (1 << note.Chord.Tremolo);
        var count = (int)Math.Clamp(Math.Round(length / each), 1, MostNotes);
        for (var i = 0; i < count; i++) yield return Part(note, 0, length * i / count, length * (i + 1) / count, true);
    }

    private static PlayedNote Part(PlayedNote note, int step, double from, double to, bool takesFinger) => note with
    {
        Midi = step == 0 ? note.Midi : Neighbour(note, step),
        Onset = note.Onset + from,
        Offset = note.Onset + to,
        TakesFinger = takesFinger && step == 0,
    };

    // The next step of the key, unless an accidental stands at the sign.
    private static int Neighbour(PlayedNote note, int step)
    {
        var diatonic = note.Source.Diatonic + step;
        var alter = (step > 0 ? note.Chord.UpperAlter : note.Chord.LowerAlter) ?? note.Chord.KeyAlterations[(diatonic % 7 + 7) % 7];
        var midi = NotePitch.Midi(diatonic, alter) + note.Source.Transposition;

        // Two names of one key are no ornament.
        return midi != note.Midi ? midi : note.Midi + Math.Sign(step);
    }
}

using Duomano.Core.Hands;
using Duomano.Formats.Scores;

namespace Duomano.Formats.Midi;

/// <summary>Finds out which hand plays a track or channel.</summary>
internal static class HandRecognition
{
    // Two tracks or channels are taken as hands where their mean pitches are at least a fourth apart.
    private const double ClearlyHigher = 5;

    // General MIDI's pianos.
    private const int LastPianoProgram = 7;

    private static readonly HashSet<string> RightWords =
    [
        "right", "righthand", "rh", "rechts", "rechte", "rechterhand", "droite", "maindroite", "destra", "dx", "derecha", "md", "direita", "höger", "højre", "høyre", "oikea", "prawa", "pravá",
        "правая", "права", "jobb", "sağ", "오른손",
    ];

    private static readonly HashSet<string> LeftWords =
    [
        "left", "lefthand", "lh", "links", "linke", "linkerhand", "gauche", "maingauche", "sinistra", "sx", "izquierda", "mg", "ms", "esquerda", "vänster", "venstre", "vasen", "lewa", "levá",
        "левая", "ліва", "bal", "sol", "왼손",
    ];

    // Words that tell hands only where both of a pair are there.
    private static readonly HashSet<string> UpperWords = ["up", "upper", "treble", "discant", "diskant", "superius", "oben", "r", "haut", "superior", "violinschlüssel"];
    private static readonly HashSet<string> LowerWords = ["down", "lower", "bass", "unten", "l", "mi", "me", "bas", "inferior", "baßschlüssel", "bassschlüssel"];

    // Languages that write no spaces: the sign may stand anywhere in the name.
    private const string RightSigns = "右";
    private const string LeftSigns = "左";
    private static readonly string[] UpperSigns = ["高音", "ト音", "上段", "上声"];
    private static readonly string[] LowerSigns = ["低音", "ヘ音", "下段", "下声"];

    private static readonly HashSet<string> NeutralWords =
        ["piano", "pianoforte", "pno", "klavier", "keyboard", "grand", "acoustic", "track", "spur", "piste", "staff", "channel", "instrument", "midi", "hand", "untitled", "unnamed"];

    /// <summary>The hand of every (track, channel), and how it is known. Tracks without a hand are not in the result.</summary>
    public static (Dictionary<(int Track, int Channel), HandSide> Hands, HandSource Source) Recognize(
        IReadOnlyList<MidiTrack> tracks, IReadOnlyList<MidiNotes.TrackNotes> notes)
    {
        var playing = Enumerable.Range(0, tracks.Count).Where(track => notes[track].Notes.Count > 0).ToArray();
        if (ByName(tracks, playing) is { Count: > 0 } named)
        {
            return (Spread(named.Select(pair => (pair.Key, pair.Value)), notes), HandSource.TrackNames);
        }

        if (playing.Length == 2 && AreNeutral(tracks[playing[0]], tracks[playing[1]])
            && HigherOf(notes[playing[0]].Notes, notes[playing[1]].Notes) is { } firstIsHigher)
        {
            (int, HandSide)[] pair = [(playing[0], firstIsHigher ? HandSide.Right : HandSide.Left), (playing[1], firstIsHigher ? HandSide.Left : HandSide.Right)];
            return (Spread(pair, notes), HandSource.TwoTracks);
        }

        if (playing.Length == 1 && HasOnlyPianos(tracks[playing[0]]))
        {
            var channels = notes[playing[0]].Notes.GroupBy(note => note.Channel).ToArray();
            if (channels.Length == 2 && HigherOf(channels[0], channels[1]) is { } higher)
            {
                return (new()
                {
                    [(playing[0], channels[0].Key)] = higher ? HandSide.Right : HandSide.Left,
                    [(playing[0], channels[1].Key)] = higher ? HandSide.Left : HandSide.Right,
                }, HandSource.TwoChannels);
            }
        }

        return ([], HandSource.Unknown);
    }

    /// <summary>The hand that a track's name tells, and whether it names the hand itself rather than a staff or clef.</summary>
    internal static (HandSide Side, bool Outright)? FromName(string? name)
    {
        var words = NameWords.Of(name);
        var right = words.Any(RightWords.Contains) || (name?.Contains(RightSigns, StringComparison.Ordinal) ?? false);
        var left = words.Any(LeftWords.Contains) || (name?.Contains(LeftSigns, StringComparison.Ordinal) ?? false);
        if (right != left) return (right ? HandSide.Right : HandSide.Left, true);
        var upper = words.Any(UpperWords.Contains) || UpperSigns.Any(sign => name?.Contains(sign, StringComparison.Ordinal) ?? false);
        var lower = words.Any(LowerWords.Contains) || LowerSigns.Any(sign => name?.Contains(sign, StringComparison.Ordinal) ?? false);
        return !right && upper != lower ? (upper ? HandSide.Right : HandSide.Left, false) : null;
    }

    private static Dictionary<int, HandSide> ByName(IReadOnlyList<MidiTrack> tracks, int[] playing)
    {
        var found = playing
            .Select(track => (Track: track, Hand: FromName(tracks[track].Name) ?? FromName(tracks[track].Instrument)))
            .Where(entry => entry.Hand is not null)
            .Select(entry => (entry.Track, Hand: entry.Hand!.Value))
            .ToArray();

        // "left" alone is a piece for the left hand; "bass" alone may be a band's bass, so staves count in pairs only.
        var bothStaves = found.Select(entry => entry.Hand.Side).Distinct().Count() == 2;
        return found.Where(entry => entry.Hand.Outright || bothStaves).ToDictionary(entry => entry.Track, entry => entry.Hand.Side);
    }

    private static Dictionary<(int, int), HandSide> Spread(IEnumerable<(int Track, HandSide Side)> hands, IReadOnlyList<MidiNotes.TrackNotes> notes)
    {
        var result = new Dictionary<(int, int), HandSide>();
        foreach (var (track, side) in hands)
        {
            foreach (var channel in notes[track].Notes.Select(note => note.Channel).Distinct()) result[(track, channel)] = side;
        }

        return result;
    }

    private static bool? HigherOf(IEnumerable<MidiNotes.TickNote> first, IEnumerable<MidiNotes.TickNote> second)
    {
        var difference = first.Average(note => note.Key) - second.Average(note => note.Key);
        return Math.Abs(difference) < ClearlyHigher ? null : difference > 0;
    }

    private static bool AreNeutral(MidiTrack first, MidiTrack second)
    {
        if (!HasOnlyPianos(first) || !HasOnlyPianos(second)) return false;
        var (a, b) = (NameWords.Of(first.Name), NameWords.Of(second.Name));
        return a.SequenceEqual(b) || (a.All(NeutralWords.Contains) && b.All(NeutralWords.Contains));
    }

    private static bool HasOnlyPianos(MidiTrack track) => track.Programs.All(program => program <= LastPianoProgram);
}

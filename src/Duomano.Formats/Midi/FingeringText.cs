using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Formats.Midi;

/// <summary>
/// How a finger is kept in a MIDI file: a text event (FF 01) "fingering R3 60" at the tick of the note-on, in its
/// track: the hand (R, L, or ? where unknown), the finger (1 thumb to 5 little finger, 0 where unknown) and the note's
/// MIDI key. Several notes of one key at one tick take their texts in order.
/// </summary>
/// <param name="Tick">The note's tick.</param>
/// <param name="Key">Its MIDI key.</param>
/// <param name="Hand">The hand, or null.</param>
/// <param name="Finger">The finger, or null.</param>
internal readonly record struct FingeringText(long Tick, int Key, HandSide? Hand, Finger? Finger)
{
    private const string Word = "fingering ";

    public static string Format(HandSide? hand, Finger? finger, int key)
    {
        var letter = hand switch { HandSide.Right => 'R', HandSide.Left => 'L', _ => '?' };
        return $"{Word}{letter}{(int)(finger ?? 0)} {key}";
    }

    /// <summary>Reads such a text; any other text gives null.</summary>
    public static FingeringText? Parse(long tick, string text)
    {
        if (!text.StartsWith(Word, StringComparison.Ordinal)) return null;
        var rest = text.AsSpan(Word.Length);
        if (rest.Length < 4 || rest[2] != ' ' || rest[1] is < '0' or > '5') return null;
        if (!int.TryParse(rest[3..], out var key)) return null;
        HandSide? hand;
        switch (rest[0])
        {
            case 'R': hand = HandSide.Right; break;
            case 'L': hand = HandSide.Left; break;
            case '?': hand = null; break;
            default: return null;
        }

        var finger = rest[1] - '0';
        return new(tick, key, hand, finger == 0 ? null : (Finger)finger);
    }
}

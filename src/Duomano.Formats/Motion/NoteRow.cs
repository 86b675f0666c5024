using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Formats.Motion;

/// <summary>A note as numbers in motion files, checked.</summary>
internal static class NoteRow
{
    private const double LatestTime = 24 * 3600;

    /// <summary>0 left, 1 right, −1 unknown.</summary>
    public static int HandNumber(HandSide? hand) => hand is { } side ? (int)side : -1;

    /// <summary>Makes a note, or says what is wrong.</summary>
    public static string? TryMake(double onset, double offset, double pitch, double velocity, double hand, double finger, out Note note)
    {
        note = default;
        if (!(onset >= 0 && onset <= LatestTime)) return $"an onset of {onset} s, expected 0 to {LatestTime}";
        if (!(offset >= onset && offset <= LatestTime)) return $"an offset of {offset} s, expected {onset} (the onset) to {LatestTime}";
        if (!IsWhole(pitch, PianoKey.LowestMidi, PianoKey.HighestMidi)) return $"a pitch of {pitch}, expected {PianoKey.LowestMidi} to {PianoKey.HighestMidi}";
        if (!IsWhole(velocity, 1, 127)) return $"a velocity of {velocity}, expected 1 to 127";
        if (!IsWhole(hand, -1, 1)) return $"a hand of {hand}, expected 0 (left), 1 (right) or -1 (unknown)";
        if (!IsWhole(finger, 0, 5)) return $"a finger of {finger}, expected 1 to 5, or 0 (unknown)";
        note = new Note(onset, offset, new PianoKey((int)pitch), (int)velocity)
        {
            Hand = hand < 0 ? null : (HandSide)(int)hand,
            Finger = finger == 0 ? null : (Finger)(int)finger,
        };
        return null;
    }

    private static bool IsWhole(double value, int low, int high) => value >= low && value <= high && value == Math.Floor(value);
}

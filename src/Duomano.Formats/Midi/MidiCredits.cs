namespace Duomano.Formats.Midi;

/// <summary>Who made a piece or its file, as far as a MIDI file tells: its copyright, and a first text that looks like a name.</summary>
internal static class MidiCredits
{
    private const int LongestName = 48;

    /// <summary>The composer's name, then the copyright, where they are told.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<MidiTrack> tracks)
    {
        var lines = new List<string>();
        if (tracks.Count > 0 && tracks[0].FirstText is { } name && IsName(name)) lines.Add(name);
        foreach (var track in tracks)
        {
            if (track.Copyright is not { Length: > 0 } line) continue;
            lines.Add(line);
            break;
        }

        return lines;
    }

    // Programs sign their files in the same place, with versions and colons; composers have two names or more.
    private static bool IsName(string text) =>
        text.Length is > 3 and <= LongestName && text.Split(' ').Length > 1 && text.All(c => char.IsLetter(c) || c is ' ' or '.' or '-' or '\'' or '\u2019');
}

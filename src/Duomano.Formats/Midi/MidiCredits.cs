namespace Duomano.Formats.Midi;

/// <summary>Who made a piece or its file, as far as a MIDI file tells: its copyright, and a first text that looks like a name.</summary>
internal static class MidiCredits
{
    private const int LongestLine = 100;
    private const int LongestName = 48;

    /// <summary>The composer's name, then the copyright, where they are told.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<MidiTrack> tracks)
    {
        var lines = new List<string>();
        if (tracks.Count > 0 && tracks[0].FirstText is { } text && Plain(text) is var name && IsName(name)) lines.Add(name);
        foreach (var track in tracks)
        {
            if (track.Copyright is not { } copyright || Plain(copyright) is not { Length: > 0 } line) continue;
            lines.Add(line);
            break;
        }

        return lines;
    }

    // Programs sign their files in the same place, with versions and colons; composers have two names or more.
    private static bool IsName(string text) =>
        text.Length is > 3 and <= LongestName && text.Split(' ').Length > 1 && text.All(c => char.IsLetter(c) || c is ' ' or '.' or '-' or '\'' or '\u2019');

    private static string Plain(string text)
    {
        var line = text.Trim();
        return line.Length > LongestLine ? line[..LongestLine] : line;
    }
}

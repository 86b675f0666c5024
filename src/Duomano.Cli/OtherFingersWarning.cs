using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Music;

namespace Duomano.Cli;

/// <summary>Tells which given fingers are not those that play, since they have no time to get from one key to the next.</summary>
internal static class OtherFingersWarning
{
    // So many notes are named.
    private const int Named = 5;

    /// <summary>Says it, if there is anything to say.</summary>
    /// <param name="notes">The notes, some of them with fingers.</param>
    /// <param name="played">Those that are played, with theirs.</param>
    public static void Say(IReadOnlyList<Note> notes, IReadOnlyList<Note> played)
    {
        if (Text(notes, played) is { } text) CommandHost.Say(text);
    }

    /// <summary>What there is to say: how many, and the first ones by time, name and fingers; null if all given fingers play.</summary>
    public static string? Text(IReadOnlyList<Note> notes, IReadOnlyList<Note> played)
    {
        var playing = played.ToLookup(note => (note.Key, note.Onset), note => note.Finger);
        Note[] given = [.. notes.Where(note => note.Finger is not null)];
        var others = given
            .Select(note => (Note: note, Fingers: playing[(note.Key, note.Onset)].ToList()))
            .Where(pair => pair.Fingers.Count > 0 && !pair.Fingers.Contains(pair.Note.Finger))
            .OrderBy(pair => pair.Note.Onset).ThenBy(pair => pair.Note.Key).ToList();
        if (others.Count == 0) return null;
        var first = others.Take(Named).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Note.Key} at {pair.Note.Onset:0.00} s ({(int)pair.Note.Finger!} → {(int?)pair.Fingers[0]})"));
        var more = others.Count > Named ? $" and {others.Count - Named} more" : "";
        return $"{others.Count} of {given.Length} given fingers cannot be there in time, so that others play: {string.Join(", ", first)}{more}.";
    }
}

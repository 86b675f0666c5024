using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Music;

namespace Duomano.Cli;

/// <summary>Tells which notes the hands do not play.</summary>
internal static class UnplayedWarning
{
    // So many notes are named.
    private const int Named = 5;

    /// <summary>Says it, if there is anything to say.</summary>
    /// <param name="unplayed">The notes that are not played.</param>
    /// <param name="all">How many notes there are.</param>
    public static void Say(IEnumerable<Note> unplayed, int all)
    {
        if (Text(unplayed, all) is { } text) CommandHost.Say(text);
    }

    /// <summary>What there is to say: how many, and the first ones by time and name; null if all are played.</summary>
    public static string? Text(IEnumerable<Note> unplayed, int all)
    {
        Note[] notes = [.. unplayed.OrderBy(note => note.Onset).ThenBy(note => note.Key)];
        if (notes.Length == 0) return null;
        var first = notes.Take(Named).Select(note => string.Create(CultureInfo.InvariantCulture, $"{note.Key} at {note.Onset:0.00} s"));
        var more = notes.Length > Named ? $" and {notes.Length - Named} more" : "";
        return $"{notes.Length} of {all} notes cannot be played by two hands, whose motion leaves them out: {string.Join(", ", first)}{more}.";
    }
}

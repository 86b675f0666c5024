using System.Globalization;
using System.Text;

namespace Duomano.Core.Files;

/// <summary>Words that come from a file, made fit for a one-line message.</summary>
public static class FileWords
{
    private const int LongestQuote = 80;
    private const int LongestLine = 100;

    /// <summary>The words in quotes, without control characters, cut if long.</summary>
    public static string Quote(string words)
    {
        var text = new StringBuilder("'");
        foreach (var character in words.AsSpan(0, Math.Min(words.Length, LongestQuote)))
        {
            text.Append(char.IsSurrogate(character) || !Shows(character) ? '?' : character);
        }

        return text.Append(words.Length > LongestQuote ? "…'" : "'").ToString();
    }

    /// <summary>
    /// The words as one line of a sensible length that shows as it is written: without control characters, line breaks, marks that
    /// turn the direction of writing, and halves of characters; cut with an ellipsis if long.
    /// </summary>
    /// <param name="words">A title, a name, a copyright.</param>
    /// <param name="longest">Most letters.</param>
    public static string Line(string words, int longest = LongestLine)
    {
        var text = new StringBuilder();
        var space = false;
        foreach (var rune in words.EnumerateRunes())
        {
            // EnumerateRunes gives this for half a character.
            if (rune == Rune.ReplacementChar) continue;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune)) space = Rune.IsWhiteSpace(rune) || space;
            else if (Shows(rune))
            {
                if (space && text.Length > 0) text.Append(' ');
                space = false;
                text.Append(rune);
            }

            // Nothing more is seen of what is far too long.
            if (text.Length > 8 * longest) break;
        }

        var letters = new StringInfo(text.ToString());
        return letters.LengthInTextElements <= longest ? letters.String : letters.SubstringByTextElements(0, longest - 1).TrimEnd() + "…";
    }

    /// <summary>
    /// A whole message with a question mark for whatever does not show: names of files may hold what drives a terminal or turns the
    /// direction of writing.
    /// </summary>
    public static string Message(string words) => words.ReplaceLineEndings(" ") is var line && line.All(character => character == '\t' || char.IsSurrogate(character) || Shows(character)) ? line
        : new string([.. line.Select(character => character == '\t' || char.IsSurrogate(character) || Shows(character) ? character : '?')]);

    private static bool Shows(char character) => Shows(CharUnicodeInfo.GetUnicodeCategory(character));

    private static bool Shows(Rune rune) => Shows(Rune.GetUnicodeCategory(rune));

    private static bool Shows(UnicodeCategory category) => category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    /// <summary>Sizes as people write them.</summary>
    public static string Shape(IEnumerable<long> sizes) => $"[{string.Join(", ", sizes)}]";
}

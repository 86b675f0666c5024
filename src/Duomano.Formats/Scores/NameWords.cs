using System.Globalization;
using System.Text;

namespace Duomano.Formats.Scores;

/// <summary>Takes names of tracks and parts apart.</summary>
internal static class NameWords
{
    /// <summary>
    /// Words in lower case, letters only: numbers do not tell names apart. Dots and single spaced letters join, so that "R.H." and
    /// "R H" are "rh"; "RightHand" is two words, and letters of full width are as others.
    /// </summary>
    public static List<string> Of(string? name)
    {
        var words = new List<string>();
        var singles = "";
        foreach (var word in Split(name ?? ""))
        {
            if (word.Length == 1 && word[0] < '\u2E80')
            {
                singles += word;
                continue;
            }

            if (singles.Length > 0) words.Add(singles);
            singles = "";
            words.Add(word);
        }

        if (singles.Length > 0) words.Add(singles);
        return words;
    }

    private static IEnumerable<string> Split(string name)
    {
        var word = new StringBuilder();
        var last = ' ';
        foreach (var written in name)
        {
            var character = written is > '\uFF00' and < '\uFF5F' ? (char)(written - 0xFEE0) : written;
            if (character == '.') continue;
            var isLetter = char.IsLetter(character) || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.ModifierLetter;
            if (word.Length > 0 && (!isLetter || (char.IsUpper(character) && char.IsLower(last))))
            {
                yield return word.ToString();
                word.Clear();
            }

            if (isLetter) word.Append(char.ToLowerInvariant(character));
            last = character;
        }

        if (word.Length > 0) yield return word.ToString();
    }
}

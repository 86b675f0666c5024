using System.Text;

namespace Duomano.Core.Files;

/// <summary>Words that come from a file, made fit for a one-line message.</summary>
public static class FileWords
{
    private const int LongestQuote = 80;

    /// <summary>The words in quotes, without control characters, cut if long.</summary>
    public static string Quote(string words)
    {
        var text = new StringBuilder("'");
        foreach (var character in words.AsSpan(0, Math.Min(words.Length, LongestQuote)))
        {
            text.Append(char.IsControl(character) || char.IsSurrogate(character) ? '?' : character);
        }

        return text.Append(words.Length > LongestQuote ? "…'" : "'").ToString();
    }

    /// <summary>Sizes as people write them.</summary>
    public static string Shape(IEnumerable<long> sizes) => $"[{string.Join(", ", sizes)}]";
}

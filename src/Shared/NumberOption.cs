using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Duomano.CommandLine;

/// <summary>Options whose values are numbers; a refused value is told in one line with the option's name and its range.</summary>
internal static class NumberOption
{
    /// <summary>An option that has a usual value.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="usual">Its value where it is not given.</param>
    /// <param name="least">Smallest value, or null for any.</param>
    /// <param name="most">Largest value, or null for any.</param>
    /// <param name="above">Whether the smallest value itself is too small.</param>
    public static Option<T> Of<T>(string name, string description, T usual, T? least = null, T? most = null, bool above = false)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => usual,
            CustomParser = given => Parse(given, name, least, most, above) ?? usual,
        };

    /// <summary>An option that may be left out.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="least">Smallest value, or null for any.</param>
    /// <param name="most">Largest value, or null for any.</param>
    /// <param name="above">Whether the smallest value itself is too small.</param>
    public static Option<T?> Optional<T>(string name, string description, T? least = null, T? most = null, bool above = false)
        where T : struct, INumber<T> => new(name) { Description = description, CustomParser = given => Parse(given, name, least, most, above) };

    private static T? Parse<T>(ArgumentResult given, string name, T? least, T? most, bool above)
        where T : struct, INumber<T>
    {
        var text = given.Tokens.Count == 1 ? given.Tokens[0].Value : "";
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value)
            && !(least is { } low && (value < low || (above && value == low))) && !(most is { } high && value > high)) return value;
        given.AddError($"{name} is {Range(least, most, above)}, not '{text}'.");
        return null;
    }

    private static string Range<T>(T? least, T? most, bool above)
        where T : struct, INumber<T>
    {
        var kind = T.IsInteger(T.One / (T.One + T.One)) ? "a whole number" : "a number";
        return (least, most) switch
        {
            (null, null) => kind,
            ({ } low, null) => above ? $"{kind} above {low}" : $"{kind}, {low} or more",
            (null, { } high) => $"{kind}, at most {high}",
            ({ } low, { } high) => above ? $"{kind} above {low}, at most {high}" : $"{kind} from {low} to {high}",
        };
    }
}

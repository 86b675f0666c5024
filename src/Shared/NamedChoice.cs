using System.CommandLine;

namespace Duomano.CommandLine;

/// <summary>Options whose values are the names of an enumeration.</summary>
internal static class NamedChoice
{
    /// <summary>An option that takes the names in small letters and tells them when it is given another one.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="usual">Its value where it is not given.</param>
    public static Option<TChoice> Option<TChoice>(string name, string description, TChoice usual)
        where TChoice : struct, Enum
    {
        var names = string.Join(" or ", Enum.GetNames<TChoice>().Select(choice => choice.ToLowerInvariant()));
        return new(name)
        {
            Description = description,
            HelpName = names.Replace(" or ", "|", StringComparison.Ordinal),
            DefaultValueFactory = _ => usual,
            CustomParser = given =>
            {
                var text = given.Tokens.Count == 1 ? given.Tokens[0].Value : "";
                if (!int.TryParse(text, out _) && Enum.TryParse<TChoice>(text, ignoreCase: true, out var choice)) return choice;
                given.AddError($"{name} is {names}, not '{text}'.");
                return usual;
            },
        };
    }
}

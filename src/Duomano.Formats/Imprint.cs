namespace Duomano.Formats;

/// <summary>What a file tells of itself: the piece, who made it, and which program wrote the file.</summary>
/// <param name="Title">What the piece is called, or null.</param>
/// <param name="Credits">Who made the music or its MIDI file, a line each.</param>
public sealed record Imprint(string? Title, IReadOnlyList<string> Credits)
{
    /// <summary>Nothing is known of the piece.</summary>
    public static Imprint None { get; } = new(null, []);

    /// <summary>This program with its version.</summary>
    public static string Program { get; } = $"Duomano {typeof(Imprint).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>A line on this program.</summary>
    public static string MadeWith { get; } = $"made with {Program}";
}

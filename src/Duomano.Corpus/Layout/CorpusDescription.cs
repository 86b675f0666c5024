using Duomano.Core.Files;

namespace Duomano.Corpus.Layout;

/// <summary>What corpus.json tells: how a corpus was made and, once it is finished, what is in it.</summary>
public sealed record CorpusDescription
{
    /// <summary>Its file in a corpus.</summary>
    public const string FileName = CorpusFolder.Description;

    /// <summary>The layout and its version.</summary>
    public string Format { get; init; } = "duomano-corpus-1";

    /// <summary>The seed it was drawn from.</summary>
    public required long Seed { get; init; }

    /// <summary>Says which options and pieces made it; a run only goes on with a corpus of the same.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether every piece is there.</summary>
    public bool Complete { get; init; }

    /// <summary>Number of pieces.</summary>
    public required int Pieces { get; init; }

    /// <summary>Hours of motion.</summary>
    public double Hours { get; init; }

    /// <summary>Hours that also have sound.</summary>
    public double HoursWithSound { get; init; }

    /// <summary>Notes played.</summary>
    public int Notes { get; init; }

    /// <summary>Notes left out because two hands could not play them.</summary>
    public int UnplayedNotes { get; init; }

    /// <summary>Pieces and hours of each split.</summary>
    public IReadOnlyDictionary<string, SplitCount> Splits { get; init; } = new SortedDictionary<string, SplitCount>(StringComparer.Ordinal);

    /// <summary>File names of the sound fonts that were heard, and in how many pieces.</summary>
    public IReadOnlyDictionary<string, int> SoundFonts { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Hours by licence of the source, as far as the music folder's manifest tells.</summary>
    public IReadOnlyDictionary<string, double> LicenceHours { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Files that could not be used, and why.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>How much a split has.</summary>
    /// <param name="Pieces">Number of pieces.</param>
    /// <param name="Hours">Hours of motion.</param>
    public readonly record struct SplitCount(int Pieces, double Hours);

    /// <summary>Reads a corpus's description.</summary>
    /// <param name="folder">The corpus.</param>
    /// <returns>Null where the folder has none, as the published data set.</returns>
    /// <exception cref="UnreadableFileException">There is one, but it is none of ours.</exception>
    public static CorpusDescription? Read(string folder)
    {
        var path = Path.Combine(folder, CorpusFolder.Description);
        return File.Exists(path) ? CorpusJson.Read<CorpusDescription>(path, "the description of a corpus") : null;
    }

    /// <summary>The same corpus before any of its pieces was there.</summary>
    internal CorpusDescription Begun() => new() { Format = Format, Seed = Seed, Fingerprint = Fingerprint, Pieces = Pieces, LeftOut = LeftOut };

    /// <summary>Writes it.</summary>
    internal void Write(string folder) => CorpusJson.Write(Path.Combine(folder, CorpusFolder.Description), this);
}

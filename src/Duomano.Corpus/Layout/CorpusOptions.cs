using Duomano.Core.Jobs;
using Duomano.Core.Playing;

namespace Duomano.Corpus.Layout;

/// <summary>What corpus to make. The same options and seed give the same files, however many threads make them.</summary>
public sealed record CorpusOptions
{
    /// <summary>The folder to make it in; a corpus of the same options that was interrupted there is gone on with.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Hours of music wanted, more than 0 and at most 10 000: recorded people first, then MIDI files and composed pieces. May be
    /// 0 where there are recorded or filmed people: then there is nothing but all of them.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No such number.</exception>
    public required double Hours
    {
        get;
        init => field = value is >= 0 and <= 10_000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A corpus has 0 to 10000 hours.");
    }

    /// <summary>A folder with MIDI files (searched with its subfolders, with an optional manifest.tsv), or null to compose everything.</summary>
    public string? MidiFolder { get; init; }

    /// <summary>Recorded pianists (.npz, see <see cref="Formats.Motion.RecordedPeopleFile"/>) whose motion is to be solved for; null for none.</summary>
    public string? PeopleFile { get; init; }

    /// <summary>Videos of pianists, whose motion is read from them; they come before everything else.</summary>
    public IReadOnlyList<FilmedPiece> Videos { get; init; } = [];

    /// <summary>Who plays in <see cref="PeopleFile"/> and <see cref="Videos"/>, for the annotations; null for the file's name.</summary>
    public string? Performer { get; init; }

    /// <summary>The licence of <see cref="PeopleFile"/> and <see cref="Videos"/>; empty where unknown.</summary>
    public string PeopleLicence { get; init; } = "";

    /// <summary>Share of the hours that is composed even where the MIDI files would fill them; what they leave open is composed too.</summary>
    public double ComposedShare { get; init => field = Share(value, nameof(ComposedShare)); } = 0.15;

    /// <summary>Times each MIDI file is used at most, each time by another pianist, transposed and at another tempo.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such number.</exception>
    public int Takes
    {
        get;
        init => field = value is >= 1 and <= 1000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A piece is taken 1 to 1000 times.");
    } = 1;

    /// <summary>Semitones a take may be moved up or down; the first take of a piece is never moved.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than an octave.</exception>
    public int Transposition
    {
        get;
        init => field = value is >= 0 and <= 12 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A take is moved by 0 to 12 semitones.");
    } = 5;

    /// <summary>Share by which a take may be faster or slower; the first take of a piece keeps its tempo.</summary>
    public double TempoChange { get; init => field = Share(value, nameof(TempoChange)); } = 0.15;

    /// <summary>Seconds after which a piece is cut off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than ten seconds.</exception>
    public double LongestPiece
    {
        get;
        init => field = value >= 10 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A piece may last at least 10 s.");
    } = 900;

    /// <summary>Seconds of the longest sequence file; longer pieces are split into several.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than ten seconds.</exception>
    public double LongestSequence
    {
        get;
        init => field = value >= 10 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A sequence may last at least 10 s.");
    } = 300;

    /// <summary>How everything is played; null draws another pianist for each piece.</summary>
    public PerformanceStyle? Style { get; init; }

    /// <summary>Sound fonts to render with (.sf2, .sf3); none makes motion and MIDI only.</summary>
    public IReadOnlyList<string> SoundFonts { get; init; } = [];

    /// <summary>Sound fonts for the test split alone, so that its instrument is unheard; empty takes <see cref="SoundFonts"/>.</summary>
    public IReadOnlyList<string> TestSoundFonts { get; init; } = [];

    /// <summary>Share of the pieces that get sound.</summary>
    public double SoundShare { get; init => field = Share(value, nameof(SoundShare)); } = 1;

    /// <summary>How sound is stored.</summary>
    public AudioFormat AudioFormat { get; init; } = AudioFormat.Wav;

    /// <summary>Share of the works for validation.</summary>
    public double ValidShare { get; init => field = Share(value, nameof(ValidShare)); } = 0.06;

    /// <summary>Share of the works for testing.</summary>
    public double TestShare { get; init => field = Share(value, nameof(TestShare)); } = 0.06;

    /// <summary>Decides everything that is drawn.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Pieces made at the same time; changes nothing in the result.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None.</exception>
    public int Threads
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one thread does the work.");
    } = 1;

    /// <summary>Which part of the pieces this run makes; the shards of a corpus together make exactly the corpus of one run.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    private static double Share(double value, string name) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is a share, 0 to 1.");
}

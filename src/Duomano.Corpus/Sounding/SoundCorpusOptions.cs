namespace Duomano.Corpus.Sounding;

/// <summary>Which sound to make for the training of ears. The same options give the same files, however many threads make them.</summary>
public sealed record SoundCorpusOptions
{
    /// <summary>The folder to make it in: a sound file and a MIDI file a piece. What is there already is not made again.</summary>
    public required string Folder { get; init; }

    /// <summary>A folder with MIDI files, searched with its subfolders.</summary>
    public required string MidiFolder { get; init; }

    /// <summary>Instruments to choose from: sound fonts, folders of samples, .sfz; one named twice is twice as likely.</summary>
    public required IReadOnlyList<string> Instruments { get; init; }

    /// <summary>Seconds of each excerpt, 5 to 900.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside.</exception>
    public double ExcerptSeconds { get; init => field = Within(value, 5, 900, nameof(ExcerptSeconds)); } = 60;

    /// <summary>Excerpts of every MIDI file, each somewhere else, transposed and played by somebody else.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Takes { get; init => field = (int)Within(value, 1, 1000, nameof(Takes)); } = 1;

    /// <summary>Semitones by which an excerpt may be moved.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than an octave.</exception>
    public int Transposition { get; init => field = (int)Within(value, 0, 12, nameof(Transposition)); } = 4;

    /// <summary>Composed exercises for every ten MIDI excerpts.</summary>
    public double ExercisesPerTen { get; init => field = Within(value, 0, 100, nameof(ExercisesPerTen)); } = 1.5;

    /// <summary>Share of the excerpts in which outer notes are doubled in octaves.</summary>
    public double OctavesShare { get; init => field = Within(value, 0, 1, nameof(OctavesShare)); } = 0.2;

    /// <summary>Share of the excerpts played slowly, softly and with much pedal, which is what ears find hardest.</summary>
    public double QuietShare { get; init => field = Within(value, 0, 1, nameof(QuietShare)); } = 0.25;

    /// <summary>Whether the sound is put into rooms and before microphones; not needed where the training does that itself.</summary>
    public bool Rooms { get; init; }

    /// <summary>Share of the files, chosen by name, that are left out here; with <see cref="OnlyHeldOut"/> the only ones taken.</summary>
    public double HeldOutShare { get; init => field = Within(value, 0, 1, nameof(HeldOutShare)); } = 0.03;

    /// <summary>Takes the files that are otherwise left out.</summary>
    public bool OnlyHeldOut { get; init; }

    /// <summary>Decides everything that is drawn.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Pieces made at the same time; changes nothing in the result.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None.</exception>
    public int Threads { get; init => field = (int)Within(value, 1, 256, nameof(Threads)); } = 1;

    private static double Within(double value, double low, double high, string name) =>
        value >= low && value <= high ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {low} to {high}.");
}

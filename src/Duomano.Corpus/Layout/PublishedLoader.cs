using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Formats.Audio;
using Duomano.Formats.Motion;

namespace Duomano.Corpus.Layout;

/// <summary>
/// Loads training windows exactly as the published S2C code does, its peculiarities included, so that results can be
/// compared with published ones: the shuffled order, the ignored first adjustment, and the resampling of the validity
/// flag together with everything else, after which only frames with a flag of exactly 1 count.
/// </summary>
public static class PublishedLoader
{
    /// <summary>Frames a second of every window.</summary>
    public const int Fps = 30;

    /// <summary>Entries that its small validation set has.</summary>
    public const int TinyCount = 50;

    private const uint ShuffleSeed = 2014;
    private const int ShapeLength = 10;

    // Left out by the published code without a reason given.
    private static readonly (string Uploader, string Sequence) Excluded = ("676539782", "BV1QY411T7Xg_seq_0003");

    /// <summary>A split's sequences in the published order; a video's sequences follow each other by name.</summary>
    /// <param name="reader">The data set.</param>
    /// <param name="split">Which split.</param>
    /// <param name="uploaders">The uploaders to keep; null for all.</param>
    public static IReadOnlyList<CorpusItem> Order(CorpusReader reader, CorpusSplit split, IReadOnlyCollection<string>? uploaders = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var videos = reader.Videos(split).ToList();
        new MersenneTwister(ShuffleSeed).Shuffle(videos);
        return
        [
            .. videos.Where(video => uploaders is null || uploaders.Contains(video.Uploader))
                .SelectMany(video => reader.Sequences(video.Uploader, video.Video))
                .Where(item => (item.Uploader, Path.GetFileNameWithoutExtension(item.AnnotationPath)) != Excluded),
        ];
    }

    /// <summary>Rows of a sequence that a window is made of.</summary>
    /// <param name="sequence">The motion.</param>
    /// <param name="options">What to load.</param>
    public static int RowsOf(CorpusSequence sequence, PublishedWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        ArgumentNullException.ThrowIfNull(options);
        return (int)(options.Seconds * sequence.Annotation.Fps);
    }

    /// <summary>Where the sound of a row begins.</summary>
    /// <param name="sequence">The motion.</param>
    /// <param name="firstRow">The row.</param>
    /// <param name="samples">Length of the whole sequence's sound.</param>
    public static int FirstSample(CorpusSequence sequence, int firstRow, int samples)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        return (int)Math.Ceiling((double)samples * firstRow / sequence.Annotation.FrameCount);
    }

    /// <summary>The window that starts at a row.</summary>
    /// <param name="sequence">The motion.</param>
    /// <param name="firstRow">The row.</param>
    /// <param name="options">What to load.</param>
    /// <exception cref="ArgumentException">The motion ends before the window does.</exception>
    public static PublishedWindow At(CorpusSequence sequence, int firstRow, PublishedWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        return Window(sequence, null, options, firstRow);
    }

    /// <summary>The window at the start of a sequence.</summary>
    /// <param name="sequence">The motion.</param>
    /// <param name="sound">The whole sequence's sound, mono at 16 kHz, or null.</param>
    /// <param name="options">What to load.</param>
    /// <exception cref="ArgumentException">Motion or sound are shorter than the window.</exception>
    public static PublishedWindow First(CorpusSequence sequence, float[]? sound, PublishedWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        ArgumentNullException.ThrowIfNull(options);
        return Window(sequence, sound, options, 0);
    }

    /// <summary>A window that starts at a row drawn at random.</summary>
    /// <inheritdoc cref="First"/>
    public static PublishedWindow Random(CorpusSequence sequence, float[]? sound, PublishedWindowOptions options, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        var annotation = sequence.Annotation;
        var rows = annotation.FrameCount;
        if (sound is not null) rows = Math.Min(rows, (int)Math.Floor(sound.Length / (double)AudioFile.ListeningRate * annotation.Fps));
        var last = rows - RowsOf(sequence, options);
        if (last < 0) throw TooShort(sequence, options);
        return Window(sequence, sound, options, random.Next(last + 1));
    }

    private static PublishedWindow Window(CorpusSequence sequence, float[]? sound, PublishedWindowOptions options, int firstRow)
    {
        var annotation = sequence.Annotation;
        var rows = RowsOf(sequence, options);
        if (firstRow + rows > annotation.FrameCount) throw TooShort(sequence, options);
        var frames = options.Seconds * Fps;
        var columns = Annotation.RowLength - (options.KeepShape ? 0 : ShapeLength);
        return new()
        {
            Rows = PerHand.Create(side => Resample(Adjusted(annotation, side, firstRow, rows, options.Adjust), rows, frames, columns)),
            Columns = columns,
            FrameCount = frames,
            Sound = sound is null ? null : Cut(sound, sequence, options, firstRow),
        };
    }

    private static float[] Cut(float[] sound, CorpusSequence sequence, PublishedWindowOptions options, int firstRow)
    {
        var first = FirstSample(sequence, firstRow, sound.Length);
        var length = options.Seconds * AudioFile.ListeningRate;
        if (first + length > sound.Length) throw TooShort(sequence, options);
        return sound[first..(first + length)];
    }

    private static float[] Adjusted(Annotation annotation, HandSide side, int firstRow, int rows, bool adjust)
    {
        var values = annotation.Rows[side][(firstRow * Annotation.RowLength)..((firstRow + rows) * Annotation.RowLength)];
        for (var at = 0; adjust && at < values.Length; at += Annotation.RowLength)
        {
            // The first number of the adjustment is never used.
            values[at + 2] += annotation.Adjust.Y;
            values[at + 3] += annotation.Adjust.Z;
        }

        return values;
    }

    // Linear interpolation with half-pixel centres of every column, the flag's too.
    private static float[] Resample(float[] values, int rows, int frames, int columns)
    {
        var resampled = new float[frames * columns];
        for (var frame = 0; frame < frames; frame++)
        {
            var source = rows == frames ? frame : Math.Max(0, (frame + 0.5) * rows / frames - 0.5);
            var below = (int)source;
            var above = Math.Min(below + 1, rows - 1);
            var weight = (float)(source - below);
            for (var column = 0; column < columns; column++)
            {
                var (a, b) = (values[below * Annotation.RowLength + column], values[above * Annotation.RowLength + column]);
                resampled[frame * columns + column] = weight == 0 ? a : a * (1 - weight) + b * weight;
            }
        }

        return resampled;
    }

    private static ArgumentException TooShort(CorpusSequence sequence, PublishedWindowOptions options) =>
        new($"{sequence.Item.AnnotationPath} has {sequence.Annotation.FrameCount} rows at {sequence.Annotation.Fps} a second, or its sound, too short for a window of {options.Seconds} s.");
}

/// <summary>What a window has.</summary>
public sealed record PublishedWindowOptions
{
    /// <summary>Its length, whole seconds; 8 in the published recipe.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public int Seconds
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A window has at least 1 s.");
    } = 8;

    /// <summary>Whether the sequence's adjustment is added to the translations.</summary>
    public bool Adjust { get; init; } = true;

    /// <summary>Whether the ten shape numbers are kept.</summary>
    public bool KeepShape { get; init; }
}

/// <summary>One window.</summary>
public sealed record PublishedWindow
{
    /// <summary>[frames, columns] numbers of each hand: flag, translation, 48 of pose, and shape where kept.</summary>
    public required PerHand<float[]> Rows { get; init; }

    /// <summary>52, or 62 with shape.</summary>
    public required int Columns { get; init; }

    /// <summary>Number of frames, 30 a second.</summary>
    public required int FrameCount { get; init; }

    /// <summary>Mono at 16 kHz, or null.</summary>
    public float[]? Sound { get; init; }

    /// <summary>Whether a hand's frame counts: its flag is exactly 1.</summary>
    public bool IsValid(HandSide side, int frame) => Rows[side][frame * Columns] == 1;
}

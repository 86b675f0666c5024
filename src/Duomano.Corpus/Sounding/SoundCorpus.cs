using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Corpus.Composing;
using Duomano.Corpus.Layout;
using Duomano.Corpus.Sound;
using Duomano.Formats.Midi;

namespace Duomano.Corpus.Sounding;

/// <summary>
/// Makes sound with known notes and nothing else: excerpts of MIDI files and composed exercises, played by many people on
/// many instruments. Much faster than a whole corpus, as no hands are moved.
/// </summary>
public sealed class SoundCorpus(SoundCorpusOptions options)
{
    private const double Lead = 0.4;
    private const double Tail = 1.5;

    // Loudest sample of a dry rendering.
    private const float Peak = 0.7f;

    /// <summary>Makes all pieces.</summary>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it early; what is finished stays.</param>
    /// <returns>Hours of sound, and one line for each MIDI file that could not be used.</returns>
    /// <exception cref="UnreadableFileException">An instrument is missing or unreadable.</exception>
    public (double Hours, IReadOnlyList<string> LeftOut) Make(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Instruments.Check(options.Instruments.Distinct());
        Directory.CreateDirectory(options.Folder);
        var pieces = Plan();
        var (done, seconds) = (0, 0.0);
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        Parallel.ForEach(pieces, new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, piece =>
        {
            var (length, problem) = Make(piece, cancellation);
            lock (leftOut)
            {
                seconds += length;
                if (problem is not null) leftOut.Add(problem);
                progress?.Report(++done / (double)pieces.Count);
            }
        });
        return (seconds / 3600, [.. leftOut]);
    }

    private List<Piece> Plan()
    {
        var files = MidiFolder.Files(options.MidiFolder).Where(file => IsHeldOut(file) == options.OnlyHeldOut).ToList();
        var pieces = new List<Piece>();
        for (var take = 0; take < options.Takes; take++)
        {
            foreach (var file in files) pieces.Add(new($"{Plain(file)}-{take + 1}", Path.Combine(options.MidiFolder, file), null));
        }

        var exercises = (int)Math.Round(pieces.Count * options.ExercisesPerTen / 10);
        for (var i = 0; i < exercises; i++)
        {
            var kind = Composer.Kinds[i % Composer.Kinds.Count];
            pieces.Add(new($"{kind.ToString().ToLowerInvariant()}-{i / Composer.Kinds.Count + 1:D4}", null, kind));
        }

        // In an order of its own, so that a part of it is as varied as the whole.
        new SeededRandom(options.Seed, "order").Shuffle(pieces);
        return pieces;
    }

    // By the name of the work, so that all movements and takes of a work are on one side.
    private bool IsHeldOut(string file) =>
        new SeededRandom(0, WorkName.Of(file)).NextDouble() < options.HeldOutShare;

    private (double Seconds, string? Problem) Make(Piece piece, CancellationToken cancellation)
    {
        var random = new SeededRandom(options.Seed, piece.Name);
        var isCompressed = random.Chance(0.1);
        var sound = Path.Combine(options.Folder, piece.Name + (isCompressed ? AudioFormat.Mp3 : AudioFormat.Wav).Extension());
        var midi = Path.Combine(options.Folder, piece.Name + ".mid");
        if (File.Exists(midi) && File.Exists(sound)) return (0, null);
        Score score;
        try
        {
            score = piece.Kind is { } kind ? Composer.Compose(kind, random) : MidiFile.Read(piece.File!, cancellation: cancellation).Score;
        }
        catch (UnreadableFileException error)
        {
            return (0, error.Message);
        }

        if (score.Notes.Count == 0) return (0, $"{piece.File}: has no piano notes.");
        var isQuiet = random.Chance(options.QuietShare);
        var excerpt = Excerpt(score, isQuiet, random);
        var played = HumanTouch.Play(random.Chance(options.OctavesShare) ? OctaveDoubling.Add(excerpt, random) : excerpt, random, isQuiet);
        var seconds = played.Duration + Tail;
        SoundWriter.Write(sound, Render(played, seconds, random, cancellation), isCompressed ? AudioFormat.Mp3 : AudioFormat.Wav);
        MidiFile.Write(midi, played, cancellation: cancellation);
        return (seconds, null);
    }

    private Score Excerpt(Score score, bool isQuiet, SeededRandom random)
    {
        var start = random.Uniform(0, Math.Max(0, score.Duration - options.ExcerptSeconds));
        var part = score.Crop(start, options.ExcerptSeconds);
        if (part.Notes.Count == 0) part = score.Crop(0, options.ExcerptSeconds);
        if (part.Notes.Count == 0) part = score;
        var transposition = random.Between(-options.Transposition, options.Transposition);
        return ScoreAdaptation.Adapt(part, transposition, isQuiet ? random.Uniform(0.5, 0.85) : random.Uniform(0.85, 1.2), options.ExcerptSeconds + Lead);
    }

    private float[] Render(Score played, double seconds, SeededRandom random, CancellationToken cancellation)
    {
        if (options.Rooms) return Recording.Make(played, options.Instruments, seconds, random, cancellation).Samples;
        var settings = SoundSettings.Draw(random, options.Instruments) with { ReverbLevel = 0 };
        var samples = PianoBody.Draw(random).Render(played, settings with { DetuneCents = random.Uniform(-19.5, 23.2) }, seconds, random, cancellation);
        var loudest = samples.Select(MathF.Abs).DefaultIfEmpty().Max();
        if (loudest == 0) return samples;
        foreach (ref var sample in samples.AsSpan()) sample *= Peak / loudest;
        return samples;
    }

    private static string Plain(string path) => string.Concat(Path.ChangeExtension(path, null).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));

    private sealed record Piece(string Name, string? File, ExerciseKind? Kind);
}

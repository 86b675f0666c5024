using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Music;

namespace Duomano.Training.Fingering;

/// <summary>
/// Trains what tells hands, on pieces of which the hands are known, in three parts: the judge by itself, what reads the whole
/// piece by itself, then both together. Parts that are done lie in a folder, so that a training that was stopped goes on with
/// the next one.
/// </summary>
public sealed class HandTraining
{
    private readonly HandTrainingOptions _options;
    private readonly IReadOnlyList<IReadOnlyList<Note>> _pieces;

    /// <summary>Prepares a training.</summary>
    /// <param name="pieces">Notes with hands, each piece sorted by onset.</param>
    /// <param name="options">How to train.</param>
    /// <exception cref="ArgumentException">There are too few notes, or notes without a hand.</exception>
    public HandTraining(IReadOnlyList<IReadOnlyList<Note>> pieces, HandTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(options);
        _pieces = pieces;
        _options = options;
        HandJudgeTraining.Check(pieces);
    }

    /// <summary>Trains, and writes the network.</summary>
    /// <param name="output">Where to write it to.</param>
    /// <param name="folder">Where parts that are done lie and are looked for; null to keep none.</param>
    /// <param name="report">Told how it goes.</param>
    /// <param name="cancellation">Stops it; nothing is written then.</param>
    public void Run(Stream output, string? folder = null, IProgress<NoteTrainingProgress>? report = null, CancellationToken cancellation = default)
    {
        var examples = new HandExamples(_pieces, _options.StretchLength);
        var tagging = new TaggerOptions { Width = _options.ReaderWidth, Hidden = _options.ReaderHidden, Batch = _options.Batch, Seed = _options.Seed };
        var judge = Part("judge.net", NoteNetwork.Read, (network, stream) => network.Write(stream), () => new HandJudgeTraining(_pieces, _options).Fit(report, cancellation));
        var reader = Part("reader.net", NoteTagger.Read, (network, stream) => network.Write(stream), () =>
            new TaggerTraining(HandTags.Count, 2, tagging with { Steps = _options.ReaderSteps, Rate = _options.ReaderRate }, examples.Next).Fit(report, cancellation));
        new HandNetworkTraining(examples, tagging with { Steps = _options.JointSteps, Rate = _options.JointRate, Averaging = 0.995 }).Fit(reader, judge, report, cancellation).Write(output);

        T Part<T>(string name, Func<Stream, T> read, Action<T, Stream> write, Func<T> make)
        {
            if (folder is null) return make();
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                var made = make();
                WholeFile.Write(path, stream => write(made, stream), cancellation);
            }

            // Read even if just made: files keep less exact numbers, and whoever goes on later starts from these.
            using var file = OrdinaryFile.OpenRead(path);
            return read(file);
        }
    }
}

using Duomano.Core.Fingering;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Training.Fingering;

/// <summary>
/// Trains the judge of a <see cref="HandNetwork"/> by itself, on pieces of which the hands are known. Many stretches of music
/// are gone through at once, a note of each at a time; in some of them the network has to live with its own mistakes.
/// </summary>
internal sealed class HandJudgeTraining
{
    private const int Batch = 64;
    private const int WarmUp = 500;

    private readonly HandTrainingOptions _options;
    private readonly IReadOnlyList<IReadOnlyList<Note>> _pieces;
    private readonly int _noteCount;

    /// <summary>Prepares a training.</summary>
    /// <param name="pieces">Notes with hands, each piece sorted by onset.</param>
    /// <param name="options">How to train.</param>
    /// <exception cref="ArgumentException">There are too few notes, or notes without a hand.</exception>
    public HandJudgeTraining(IReadOnlyList<IReadOnlyList<Note>> pieces, HandTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _pieces = pieces;
        _noteCount = pieces.Sum(piece => piece.Count);
        Check(pieces);
    }

    /// <summary>Refuses pieces that nothing can be learned from.</summary>
    /// <exception cref="ArgumentException">There are too few notes, or notes without a hand.</exception>
    public static void Check(IReadOnlyList<IReadOnlyList<Note>> pieces)
    {
        var count = pieces.Sum(piece => piece.Count);
        if (count < Batch) throw new ArgumentException($"{count} notes with hands are too few to learn from, at least {Batch} are needed.", nameof(pieces));
        if (pieces.Any(piece => piece.Any(note => note.Hand is null))) throw new ArgumentException("A note to learn from has no hand.", nameof(pieces));
    }

    /// <summary>Trains the networks, as many at a time as there are processors, and joins them.</summary>
    /// <param name="report">Told after each pass of each network.</param>
    /// <param name="cancellation">Stops it.</param>
    public NoteNetwork Fit(IProgress<NoteTrainingProgress>? report = null, CancellationToken cancellation = default)
    {
        var networks = new NoteNetwork[_options.Networks];
        Parallel.For(0, networks.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
            number => networks[number] = FitOne(number, report, cancellation));
        return NetworkUnion.Of(networks);
    }

    private NoteNetwork FitOne(int number, IProgress<NoteTrainingProgress>? report, CancellationToken cancellation)
    {
        var random = new SeededRandom(_options.Seed, $"hands {number}");
        var cutter = new HandStretches(_pieces, random);
        var network = new NoteNetwork(HandFeatures.Count, _options.Hidden, _options.Middle, 2);
        var fitter = new NoteNetworkFitter(network, random);
        var stretches = Enumerable.Range(0, Batch).Select(_ => cutter.Next(_options.OwnHistory)).ToArray();
        var stepsAPass = _noteCount / Batch;
        var steps = stepsAPass * _options.Passes;
        double loss = 0;
        var agreeing = 0;
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < Batch; i++)
            {
                if (stretches[i].AtEnd) stretches[i] = cutter.Next(_options.OwnHistory);
                loss -= Learn(fitter, stretches[i], random, out var agrees);
                agreeing += agrees ? 1 : 0;
            }

            fitter.Step(RateAt(step, steps), _options.Decay);
            if ((step + 1) % stepsAPass > 0) continue;
            var seen = (double)stepsAPass * Batch;
            report?.Report(new($"judge {number + 1}", (step + 1) / stepsAPass, _options.Passes, loss / seen, agreeing / seen));
            loss = agreeing = 0;
        }

        return network;
    }

    // Asks for a stretch's next note, learns its hand and goes on; returns the logarithm of that hand's probability.
    private double Learn(NoteNetworkFitter fitter, HandStretch stretch, SeededRandom random, out bool agrees)
    {
        Span<int> features = stackalloc int[HandFeatures.Most];
        Span<float> wanted = stackalloc float[2];
        var count = stretch.Features.Context(stretch.Index, features);
        if (random.NextDouble() >= _options.Forget) count += stretch.Features.History(stretch.Index, stretch.History, features[count..]);
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (random.NextDouble() >= _options.Dropout) features[kept++] = features[i];
        }

        fitter.Ask(features[..kept]);
        var hand = (int)stretch.Hand;
        var answer = fitter.Logarithms[1] > fitter.Logarithms[0] ? 1 : 0;
        wanted[hand] = 1;
        fitter.Learn(features[..kept], wanted);
        agrees = answer == hand;
        stretch.GoOn(stretch.LivesWithItself ? answer : hand);
        return fitter.Logarithms[hand];
    }

    private double RateAt(int step, int steps) =>
        _options.Rate * Math.Min(1, (step + 1.0) / Math.Min(WarmUp, 1 + steps / 10)) * (0.02 + 0.98 * (0.5 + 0.5 * Math.Cos(Math.PI * step / steps)));
}

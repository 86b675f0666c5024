using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;

namespace Duomano.Training.Posture;

/// <summary>
/// Learns from recorded people where a hand is while it plays (<see cref="PostureNetwork"/>). Songs of the part that is held
/// out are not learned from, but tell how good the network is on others.
/// </summary>
public sealed class PostureTraining
{
    private const int Batch = 256;
    private const int Warming = 200;

    private readonly PostureTrainingOptions _options;
    private readonly PostureSamples _learned;
    private readonly PostureSamples _heldOut;

    /// <summary>Takes recordings.</summary>
    /// <param name="people">All recordings.</param>
    /// <param name="options">How to train.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from.</exception>
    public PostureTraining(IReadOnlyList<RecordedEpisode> people, PostureTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var folds = SongFolds.Of([.. people.Select(person => person.Score)]);
        _learned = PostureSamples.Of([.. people.Where((_, i) => folds[i] != SongFolds.HeldOut)]);
        _heldOut = PostureSamples.Of([.. people.Where((_, i) => folds[i] == SongFolds.HeldOut)]);
        if (_learned.Count == 0) throw new ArgumentException("Nobody plays with known fingers in these recordings.", nameof(people));
    }

    /// <summary>How many frames of a hand are learned from.</summary>
    public int FrameCount => _learned.Count;

    /// <summary>Trains a network and writes it.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="progress">Told about every pass.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public void Run(Stream output, IProgress<PostureTrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var network = new PostureNetwork(PostureFeatures.Count, _options.Hidden, _options.Middle);
        FindScales(network);
        Normalize(network, _learned);
        Normalize(network, _heldOut);
        var random = new SeededRandom(_options.Seed, "posture");
        var fitter = new PostureFitter(network, random);
        var order = Enumerable.Range(0, _learned.Count).ToArray();
        var (step, steps) = (0, Math.Max(1, _options.Passes * ((order.Length + Batch - 1) / Batch)));
        for (var pass = 1; pass <= _options.Passes; pass++)
        {
            Shuffle(order, random);
            var loss = 0.0;
            for (var start = 0; start < order.Length; start += Batch)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var sample in order.AsSpan(start, Math.Min(Batch, order.Length - start))) loss += fitter.Learn(Features(_learned, sample), Targets(_learned, sample));
                step++;
                var rate = _options.Rate * Math.Min(1, (double)step / Warming) * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
                fitter.Step(rate, _options.Decay);
            }

            progress?.Report(new(pass, _options.Passes, loss / order.Length * PostureNetwork.Unit, Error(network, _heldOut)));
        }

        network.Write(output);
    }

    private static Span<float> Features(PostureSamples samples, int index) => samples.Features.AsSpan(index * PostureFeatures.Count, PostureFeatures.Count);

    private static Span<float> Targets(PostureSamples samples, int index) => samples.Targets.AsSpan(index * PostureNetwork.Answers, PostureNetwork.Answers);

    private static void Normalize(PostureNetwork network, PostureSamples samples)
    {
        for (var i = 0; i < samples.Count; i++) network.Normalize(Features(samples, i));
    }

    private static void Shuffle(int[] order, SeededRandom random)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = random.Next(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }

    // Mean absolute error on frames with normalized features, metres.
    private static double Error(PostureNetwork network, PostureSamples samples)
    {
        var sum = 0.0;
        Span<float> features = stackalloc float[PostureFeatures.Count];
        Span<float> hidden = stackalloc float[network.Hidden];
        Span<float> middle = stackalloc float[network.Middle];
        Span<float> answers = stackalloc float[PostureNetwork.Answers];
        for (var i = 0; i < samples.Count; i++)
        {
            Features(samples, i).CopyTo(features);
            network.Layers[0].Forward(features, hidden, rectified: true);
            network.Layers[1].Forward(hidden, middle, rectified: true);
            network.Layers[2].Forward(middle, answers, rectified: false);
            var target = Targets(samples, i);
            for (var k = 0; k < answers.Length; k++) sum += Math.Abs(answers[k] - target[k]);
        }

        return samples.Count == 0 ? 0 : sum / samples.Count / PostureNetwork.Answers * PostureNetwork.Unit;
    }

    private void FindScales(PostureNetwork network)
    {
        var (sums, squares) = (new double[PostureFeatures.Count], new double[PostureFeatures.Count]);
        for (var i = 0; i < _learned.Count; i++)
        {
            var features = Features(_learned, i);
            for (var k = 0; k < features.Length; k++)
            {
                sums[k] += features[k];
                squares[k] += (double)features[k] * features[k];
            }
        }

        for (var k = 0; k < sums.Length; k++)
        {
            var mean = sums[k] / _learned.Count;
            network.Means[k] = (float)mean;
            network.Scales[k] = (float)(1 / (Math.Sqrt(Math.Max(0, squares[k] / _learned.Count - mean * mean)) + 1e-3));
        }
    }
}

/// <summary>How far a training of postures is.</summary>
/// <param name="Pass">Passes done.</param>
/// <param name="Passes">Passes to do.</param>
/// <param name="Error">Mean absolute error of the pass over wrists and fingertips, along each axis, metres.</param>
/// <param name="HeldOutError">The same on songs that are not learned from.</param>
public readonly record struct PostureTrainingProgress(int Pass, int Passes, double Error, double HeldOutError);

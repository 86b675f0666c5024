using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Duomano.Training.Fingering;

/// <summary>
/// Trains both parts of a <see cref="HandNetwork"/> together: what reads the whole piece, and what judges a note after the
/// hands chosen so far. In half of the stretches these are the network's own choices (scheduled sampling, Bengio et al. 2015).
/// </summary>
internal sealed class HandNetworkTraining(HandExamples examples, TaggerOptions options)
{
    private const int Interval = 50;
    private const double OwnHistory = 0.5;

    // Share of the notes for which no hand before is told, and of the judge's features that are left out.
    private const double Forget = 0.1;
    private const double JudgeDropout = 0.05;

    /// <summary>Trains.</summary>
    /// <param name="reader">What reads the piece, as far as it is trained already.</param>
    /// <param name="judge">The judge, likewise.</param>
    /// <param name="report">Told how it goes.</param>
    /// <param name="cancellation">Stops it.</param>
    public HandNetwork Fit(NoteTagger reader, NoteNetwork judge, IProgress<NoteTrainingProgress>? report = null, CancellationToken cancellation = default)
    {
        manual_seed(options.Seed);
        var random = new SeededRandom(options.Seed, "hand network");
        using var module = new TaggerModule(new(reader.Features, reader.Width, reader.Hidden, reader.Layers, judge.Hidden));
        module.Load(reader);
        using var rows = Parameter(judge.Parameters.AsSpan(0, judge.Features * judge.Hidden), judge.Features, judge.Hidden);
        using var bias = Parameter(judge.Bias, judge.Hidden);
        using var middle = Parameter(judge.MiddleWeights, judge.Middle, judge.Hidden);
        using var middleBias = Parameter(judge.MiddleBias, judge.Middle);
        using var last = Parameter(judge.LastWeights, judge.Answers, judge.Middle);
        using var lastBias = Parameter(judge.LastBias, judge.Answers);
        Tensor[] judging = [rows, bias, middle, middleBias, last, lastBias];
        KeyValuePair<string, Tensor>[] parameters = [.. module.Parameters, .. judging.Select((tensor, i) => KeyValuePair.Create($"judge.{i}", tensor))];
        using var optimizer = new AdamW(parameters, new() { LearningRate = options.Rate, WeightDecay = options.Decay });
        using var average = new ExponentialMovingAverage(parameters, options.Averaging);
        double loss = 0;
        long agreeing = 0, known = 0;
        for (var step = 0; step < options.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var stretches = Enumerable.Range(0, options.Batch).Select(_ => new Stretch(examples.Draw(random), random.NextDouble() < OwnHistory)).ToArray();
            var length = stretches.Max(stretch => stretch.Notes.Length);
            var contexts = module.Forward(MultiHot(stretches, length, reader.Features, options.Dropout / 2, random, (stretch, note) => stretch.Features[note]), options.Dropout);
            Choose(stretches, contexts, Judge(), random);
            var seen = MultiHot(stretches, length, judge.Features, JudgeDropout, random, (stretch, note) => stretch.Seen[note]);
            var sum = contexts.flatten(0, 1).Plus(nn.functional.linear(seen.flatten(0, 1), rows.t(), bias));
            var hidden = nn.functional.relu(nn.functional.linear(nn.functional.relu(sum), middle, middleBias));
            var scores = nn.functional.linear(hidden, last, lastBias);

            var (wanted, weights) = Answers(stretches, length);
            var losses = nn.functional.cross_entropy(scores, tensor(wanted), reduction: nn.Reduction.None).mul(tensor(weights));
            var mine = losses.sum();
            mine.backward();
            Gradients.ClipNorm(parameters, options.LargestGradient);
            optimizer.LearningRate = options.RateAt(step);
            optimizer.Step();
            optimizer.ZeroGradients();
            average.Update();

            loss += mine.item<float>();
            var answered = scores.argmax(1).data<long>().ToArray();
            for (var i = 0; i < answered.Length; i++)
            {
                if (weights[i] == 0) continue;
                known++;
                if (answered[i] == wanted[i]) agreeing++;
            }

            if ((step + 1) % Interval > 0 && step + 1 < options.Steps) continue;
            report?.Report(new("both", step + 1, options.Steps, loss / ((step % Interval) + 1), (double)agreeing / Math.Max(1, known)));
            loss = agreeing = known = 0;
        }

        using (average.InPlace()) return new(module.ToNetwork(), Judge());

        NoteNetwork Judge()
        {
            var network = new NoteNetwork(judge.Features, judge.Hidden, judge.Middle, judge.Answers);
            var at = 0;
            foreach (var tensor in judging)
            {
                var values = tensor.data<float>().ToArray();
                values.CopyTo(network.Parameters, at);
                at += values.Length;
            }

            return network;
        }
    }

    private static TorchSharp.Modules.Parameter Parameter(ReadOnlySpan<float> values, params int[] shape) => nn.Parameter(TorchTensors.From(values.ToArray(), shape));

    // Gives every note the features of the notes before it with their hands: the right ones, or those that the network chooses.
    private static void Choose(Stretch[] stretches, Tensor contexts, NoteNetwork network, SeededRandom random)
    {
        var values = contexts.data<float>().ToArray();
        Span<int> list = stackalloc int[HandFeatures.Most];
        Span<float> logarithms = stackalloc float[2];
        var sum = new float[network.Hidden];
        for (var b = 0; b < stretches.Length; b++)
        {
            var stretch = stretches[b];
            ulong history = 0;
            for (var note = 0; note < stretch.Notes.Length; note++)
            {
                var own = stretch.Features[note];
                var count = 0;
                foreach (var feature in own)
                {
                    if (feature < HandFeatures.Count) list[count++] = feature;
                }

                count += stretch.Finder.History(note, history, list[count..]);
                if (random.NextDouble() < Forget) count = own.Count(feature => feature < HandFeatures.Count);
                stretch.Seen[note] = list[..count].ToArray();
                var hand = stretch.Notes[note].Hand;
                if (stretch.Told[note].Hand is null && (stretch.LivesWithItself || hand is null))
                {
                    values.AsSpan((note * stretches.Length + b) * network.Hidden, network.Hidden).CopyTo(sum);
                    NoteNetwork.Add(network.Bias, sum);
                    network.Add(stretch.Seen[note], sum);
                    network.Judge(sum, logarithms);
                    hand = logarithms[1] > logarithms[0] ? HandSide.Right : HandSide.Left;
                }

                history = (history << 1) | HandFeatures.Bit(hand!.Value);
            }
        }
    }

    private static Tensor MultiHot(Stretch[] stretches, int length, int features, double dropout, SeededRandom random, Func<Stretch, int, int[]> of)
    {
        var input = new float[length * stretches.Length * features];
        for (var b = 0; b < stretches.Length; b++)
        {
            for (var note = 0; note < stretches[b].Notes.Length; note++)
            {
                foreach (var feature in of(stretches[b], note))
                {
                    if (random.NextDouble() >= dropout) input[(note * stretches.Length + b) * features + feature] = 1;
                }
            }
        }

        return TorchTensors.From(input, [length, stretches.Length, features]);
    }

    private static (long[] Wanted, float[] Weights) Answers(Stretch[] stretches, int length)
    {
        var wanted = new long[length * stretches.Length];
        var weights = new float[wanted.Length];
        for (var b = 0; b < stretches.Length; b++)
        {
            for (var note = 0; note < stretches[b].Notes.Length; note++)
            {
                if (stretches[b].Notes[note].Hand is not { } hand) continue;
                wanted[note * stretches.Length + b] = (long)hand;
                weights[note * stretches.Length + b] = 1;
            }
        }

        var total = Math.Max(1, weights.Sum());
        return (wanted, Array.ConvertAll(weights, weight => weight / total));
    }

    private sealed class Stretch((Note[] Notes, Note[] Told) drawn, bool livesWithItself)
    {
        public Note[] Notes => drawn.Notes;

        public Note[] Told => drawn.Told;

        public bool LivesWithItself => livesWithItself;

        public int[][] Features { get; } = HandTags.Features(drawn.Told, FingeringOptions.Default.ChordWindow);

        public HandFeatures Finder { get; } = new(drawn.Notes, FingeringOptions.Default.ChordWindow);

        public int[][] Seen { get; } = new int[drawn.Notes.Length][];
    }
}

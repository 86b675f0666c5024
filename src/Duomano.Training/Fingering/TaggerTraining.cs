using Duomano.Core.Fingering;
using Duomano.Core.Numerics;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Duomano.Training.Fingering;

/// <summary>
/// Trains a <see cref="NoteTagger"/> by cross-entropy. What comes out has the running mean of the parameters, which is
/// better than where they are at last.
/// </summary>
internal sealed class TaggerTraining(int features, int answers, TaggerOptions options, Func<SeededRandom, TaggerExample> next)
{
    // Progress is told every so many steps.
    private const int Interval = 50;

    /// <summary>Trains.</summary>
    /// <param name="report">Told how it goes.</param>
    /// <param name="cancellation">Stops it.</param>
    public NoteTagger Fit(IProgress<NoteTrainingProgress>? report = null, CancellationToken cancellation = default)
    {
        manual_seed(options.Seed);
        using var module = new TaggerModule(new(features, options.Width, options.Hidden, options.Layers, answers));
        var random = new SeededRandom(options.Seed, "tagger");
        var parameters = module.Parameters;
        using var optimizer = new AdamW(parameters, new() { LearningRate = options.Rate, WeightDecay = options.Decay });
        using var average = new ExponentialMovingAverage(parameters, options.Averaging);
        double loss = 0;
        long agreeing = 0, known = 0;
        for (var step = 0; step < options.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = Enumerable.Range(0, options.Batch).Select(_ => next(random)).ToArray();
            var (input, wanted, weights) = Gather(batch, random);
            var scores = module.Forward(input, options.Dropout).flatten(0, 1);
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
            report?.Report(new("reader", step + 1, options.Steps, loss / ((step % Interval) + 1), (double)agreeing / Math.Max(1, known)));
            loss = agreeing = known = 0;
        }

        using (average.InPlace()) return module.ToNetwork();
    }

    private (Tensor Input, long[] Wanted, float[] Weights) Gather(TaggerExample[] batch, SeededRandom random)
    {
        var length = batch.Max(example => example.Features.Length);
        var input = new float[length * batch.Length * features];
        var wanted = new long[length * batch.Length];
        var weights = new float[length * batch.Length];
        for (var b = 0; b < batch.Length; b++)
        {
            for (var note = 0; note < batch[b].Features.Length; note++)
            {
                var at = note * batch.Length + b;
                foreach (var feature in batch[b].Features[note])
                {
                    if (random.NextDouble() >= options.Dropout / 2) input[at * features + feature] = 1;
                }

                if (batch[b].Answers[note] < 0) continue;
                wanted[at] = batch[b].Answers[note];
                weights[at] = batch[b].Weight;
            }
        }

        var total = weights.Sum();
        for (var i = 0; i < weights.Length; i++) weights[i] /= Math.Max(1, total);
        return (TorchTensors.From(input, [length, batch.Length, features]), wanted, weights);
    }
}

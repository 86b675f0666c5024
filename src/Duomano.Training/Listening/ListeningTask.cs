using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Evaluation;
using Duomano.Inference.Listening;
using Duomano.Networks.Listening;
using Duomano.Networks.Tensors;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Duomano.Training.Listening;

/// <summary>Training of the listening network.</summary>
public sealed class ListeningTask : ITrainingTask<ListeningBatch>, IDisposable
{
    // Validation tries these and keeps the best for the exported model.
    private static readonly double[] OnsetThresholds = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    private const double SharedVelocityError = 0.1;

    private readonly ListeningRecipe _recipe;
    private readonly TorchParameters _parameters;
    private readonly ParallelGradients _parts;
    private readonly List<ListeningRecording> _training;
    private readonly List<ListeningRecording> _validation;

    /// <summary>Sets up a network with fresh parameters.</summary>
    /// <param name="recipe">Sizes and weights.</param>
    /// <param name="recordings">What is trained on and, where nothing else is given, a share of it validated on, chosen by the seed and the names.</param>
    /// <param name="validation">What is validated on instead.</param>
    /// <param name="device">Where to compute; the CPU if not given.</param>
    /// <param name="workers">Parts of a batch, at most its size, that are worked on at the same time.</param>
    /// <exception cref="ArgumentException">There are too few recordings.</exception>
    public ListeningTask(
        ListeningRecipe recipe, IReadOnlyList<ListeningRecording> recordings, IReadOnlyList<ListeningRecording>? validation = null, Device? device = null, int workers = 1)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(recordings);
        var least = validation is { Count: > 0 } ? 1 : 2;
        if (recordings.Count < least) throw new ArgumentException($"Training needs at least {least} recordings, with one to validate on; there are {recordings.Count}.", nameof(recordings));
        _recipe = recipe;
        var shuffled = recordings.OrderBy(recording => recording.Name, StringComparer.Ordinal).ToList();
        new SeededRandom(recipe.Training.Seed, "validation").Shuffle(shuffled);
        var held = validation is { Count: > 0 } ? 0 : Math.Clamp((int)Math.Round(recordings.Count * recipe.ValidationShare), 1, recipe.ValidationRecordings);
        _validation = validation is { Count: > 0 }
            ? [.. validation.OrderBy(recording => recording.Name, StringComparer.Ordinal).Take(recipe.ValidationRecordings)]
            : shuffled[..held];
        _training = shuffled[held..];
        _parameters = TorchParameters.Create(Declarations(recipe.Network), recipe.Training.Seed, device);
        _parts = new ParallelGradients(_parameters, Math.Clamp(workers, 1, recipe.BatchSize));
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, Tensor>> Parameters => _parameters.All;

    /// <summary>What the network of some sizes is made of.</summary>
    public static IReadOnlyList<ParameterDeclaration> Declarations(ListeningConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return ParameterDeclarations.Of(ops => ListeningNetwork.Hear(ops, config, ShapeOps.Input(1, 64, 2 * config.Bins)));
    }

    /// <inheritdoc/>
    public ListeningBatch Prepare(int step) => ListeningBatch.Draw(_training, _recipe, step);

    /// <inheritdoc/>
    public TrainingLoss Loss(ListeningBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _parts.Mean((part, parameters) => Loss(batch.Part(part, _parts.Parts), parameters));
    }

    /// <inheritdoc/>
    public ValidationResult Validate()
    {
        var counts = OnsetThresholds.Select(threshold => new Count(threshold)).ToList();
        foreach (var recording in _validation)
        {
            var frames = Math.Min(recording.Frames(_recipe.Network), _recipe.ValidationFrames);
            var end = frames * _recipe.Network.FrameSeconds;
            List<Note> played = [.. recording.Score.Notes.Where(note => note.Onset < end)];
            var activations = Hear(recording, frames);
            foreach (var count in counts)
            {
                var decoder = _recipe.Decoder with { OnsetThreshold = count.Threshold };
                var heard = NoteDecoder.Decode(activations, frames, decoder, _recipe.Network.FrameSeconds);
                count.Add(played, [.. heard.Where(note => note.Onset < end)]);
            }
        }

        var best = counts.MaxBy(count => count.Score.F1)!;
        return new ValidationResult(
            1 - best.Score.F1,
            new("note_f1", best.Score.F1),
            new("precision", best.Score.Precision),
            new("recall", best.Score.Recall),
            new("onset_error_ms", best.MeanError * 1000),
            new(ListeningExport.ThresholdName, best.Threshold));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parts.Dispose();
        _parameters.Dispose();
    }

    /// <summary>
    /// How wrong velocities are. How much louder one note is than another is in the sound; how loud all of them were played
    /// hardly is, since nobody knows the microphone's gain: the error that all strikes of an excerpt share counts little.
    /// </summary>
    /// <param name="error">[batch, frames, 88], predicted less true velocity.</param>
    /// <param name="strikes">[batch, frames, 88], how much there is a strike.</param>
    internal static Tensor VelocityLoss(Tensor error, Tensor strikes)
    {
        var each = strikes.sum([1, 2], keepdim: true);
        var shared = (strikes * error).sum([1, 2], keepdim: true) / each.Plus(1e-3);
        var relative = strikes * (error - shared).square();
        return relative.sum().Plus((each * shared.square()).sum().Times(SharedVelocityError)) / each.sum().Plus(1);
    }

    private TrainingLoss Loss(ListeningBatch batch, TorchParameters parameters)
    {
        var ops = new TorchOps(parameters, training: true);
        var levels = AcousticAugmentation.Levels(ops, _recipe.Network, batch, _parameters.Device);
        var targets = TorchTensors.From(new TensorData(batch.Targets, batch.Size, ListeningNetwork.Outputs, batch.Frames, PianoKey.Count), _parameters.Device);
        var logits = ListeningNetwork.Hear(ops, _recipe.Network, levels).Logits;

        var onsetTarget = targets.select(1, ListeningNetwork.Onset);
        var weight = TorchTensors.From(new TensorData([(float)_recipe.OnsetPositiveWeight], 1), _parameters.Device);
        var onset = nn.functional.binary_cross_entropy_with_logits(logits.select(1, ListeningNetwork.Onset), onsetTarget, pos_weights: weight);
        var held = Likelihood(logits, targets, ListeningNetwork.Held);
        var sounding = Likelihood(logits, targets, ListeningNetwork.Sounding);
        var release = Likelihood(logits, targets, ListeningNetwork.Release);
        var pedal = Likelihood(logits, targets, ListeningNetwork.Pedal);

        // The regressions count where there is a strike, as much as it is there.
        var strikes = onsetTarget.sum().Plus(1);
        var time = (onsetTarget * Difference(logits, targets, ListeningNetwork.OnsetTime).square()).sum() / strikes;
        var velocity = VelocityLoss(Difference(logits, targets, ListeningNetwork.Velocity), onsetTarget);
        var total = onset.Times(_recipe.OnsetWeight).Plus(held.Times(_recipe.HeldWeight)).Plus(time.Times(_recipe.OnsetTimeWeight)).Plus(velocity.Times(_recipe.VelocityWeight))
            .Plus(sounding.Times(_recipe.SoundingWeight)).Plus(release.Times(_recipe.ReleaseWeight)).Plus(pedal.Times(_recipe.PedalWeight));
        return new TrainingLoss(
            total, new("onset", onset), new("held", held), new("sounding", sounding), new("release", release), new("pedal", pedal), new("onset_time", time), new("velocity", velocity));
    }

    private static Tensor Likelihood(Tensor logits, Tensor targets, int output) =>
        nn.functional.binary_cross_entropy_with_logits(logits.select(1, output), targets.select(1, output));

    private static Tensor Difference(Tensor logits, Tensor targets, int output) => logits.select(1, output) - targets.select(1, output);

    private float[] Hear(ListeningRecording recording, int frames)
    {
        using var scope = NewDisposeScope();
        var ops = new TorchOps(_parameters);
        var input = TorchTensors.From(new TensorData(recording.Levels(_recipe.Network, frames), 1, frames, 2 * _recipe.Network.Bins), _parameters.Device);
        return TorchTensors.ToData(ListeningNetwork.Activations(ops, ListeningNetwork.Hear(ops, _recipe.Network, input).Logits)).Values;
    }

    // Onsets found with one threshold.
    private sealed class Count(double threshold)
    {
        private double _errors;

        public double Threshold => threshold;

        public DetectionScore Score { get; private set; }

        public double MeanError => Score.Matched == 0 ? 0 : _errors / Score.Matched;

        public void Add(List<Note> played, List<Note> heard)
        {
            var matches = NoteMatching.Match(played, heard);
            Score += new DetectionScore(played.Count, heard.Count, matches.Count);
            _errors += matches.Sum(match => Math.Abs(played[match.Truth].Onset - heard[match.Predicted].Onset));
        }
    }
}

using System.Diagnostics;
using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Running;

/// <summary>
/// Trains a task: batch, loss, gradient, clipped AdamW step, average; log, validation and checkpoint at their steps.
/// A run that was stopped anywhere and resumed has the same losses as one that was not.
/// </summary>
/// <typeparam name="TBatch">The task's batches.</typeparam>
public sealed class TrainingLoop<TBatch>
{
    private readonly ITrainingTask<TBatch> _task;
    private readonly TrainingOptions _options;
    private readonly TrainingRun _run;

    /// <summary>Puts a loop together.</summary>
    /// <param name="task">What is trained.</param>
    /// <param name="options">How.</param>
    /// <param name="run">Where logs and checkpoints go.</param>
    public TrainingLoop(ITrainingTask<TBatch> task, TrainingOptions options, TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(run);
        _task = task;
        _options = options;
        _run = run;
    }

    /// <summary>Told after every step.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>What a run that begins starts from; the task's own values if null.</summary>
    public StateDict? Start { get; init; }

    /// <summary>Told after every validation, while the averaged parameters are in place and nothing keeps gradients: the time to draw pictures.</summary>
    public Action<int>? Validated { get; init; }

    /// <summary>Goes from the latest checkpoint (or the beginning) to the last step, or until asked to stop.</summary>
    /// <param name="stop">Ends the run after the current step, with a checkpoint.</param>
    /// <exception cref="ArithmeticException">The loss is no longer a finite number.</exception>
    /// <exception cref="ArgumentException">The checkpoint, or what it starts from, is of other parameters.</exception>
    public TrainingOutcome Run(CancellationToken stop = default)
    {
        var checkpoint = _run.LoadCheckpoint();
        if (checkpoint is null && Start is not null) ParameterValues.Write(ParameterValues.Widened(Start, _task.Parameters), _task.Parameters);
        using var average = new ExponentialMovingAverage(_task.Parameters, _options.AverageDecay);
        using var optimizer = new AdamW(
            _task.Parameters, new AdamWOptions { Beta1 = _options.Beta1, Beta2 = _options.Beta2, WeightDecay = _options.WeightDecay });
        if (checkpoint is not null)
        {
            ParameterValues.Write(checkpoint.Parameters, _task.Parameters);
            average.Restore(checkpoint.Average, checkpoint.Step);
            optimizer.Load(checkpoint.Optimizer);
        }

        var done = checkpoint?.Step ?? 0;
        var best = (Step: checkpoint?.BestStep ?? 0, Criterion: checkpoint?.BestCriterion ?? double.PositiveInfinity);
        var clock = new RunClock(done, checkpoint?.Seconds ?? 0);
        using var batches = new BatchPrefetcher<TBatch>(_task.Prepare, done, _options.Steps, _options.Prefetch);
        while (done < _options.Steps && !stop.IsCancellationRequested)
        {
            var learningRate = LearningRateSchedule.At(_options, done);
            var loss = Step(batches.Next(), done, learningRate, optimizer);
            average.Update();
            done++;
            _run.LogStep(done, loss.Total, loss.Parts, learningRate, clock.Seconds);

            ValidationResult? validation = null;
            if (IsDue(done, _options.ValidateEvery))
            {
                validation = Validate(average, done, ref best);
            }

            Progress?.Report(clock.At(done, _options.Steps, loss.Total, learningRate, validation));
            if (IsDue(done, _options.CheckpointEvery)) Save();
        }

        if (done < _options.Steps) Save();
        return new TrainingOutcome(done, done >= _options.Steps, best.Step, best.Criterion);

        void Save() => _run.SaveCheckpoint(new Checkpoint
        {
            Step = done,
            Seconds = clock.Seconds,
            BestStep = best.Step,
            BestCriterion = best.Criterion,
            Parameters = ParameterValues.Read(_task.Parameters),
            Average = average.Save(),
            Optimizer = optimizer.Save(),
        });
    }

    // Where gradients need not be known together, and the optimizer works on the CPU.
    private IHandsOverGradients? HandsOver => _options.GradientClip == 0 && _task.Parameters.All(parameter => parameter.Value.device_type == DeviceType.CPU)
        ? _task as IHandsOverGradients
        : null;

    private bool IsDue(int done, int every) => done % every == 0 || done == _options.Steps;

    private (double Total, IReadOnlyList<KeyValuePair<string, double>> Parts) Step(
        TBatch batch, int step, double learningRate, AdamW optimizer)
    {
        using var scope = torch.NewDisposeScope();
        var early = HandsOver;
        early?.HandOverGradients(optimizer.Take);
        torch.manual_seed(unchecked(_options.Seed * 1_000_003 + step));
        var loss = _task.Loss(batch);
        var total = loss.Total.item<float>();
        if (!float.IsFinite(total))
        {
            throw new ArithmeticException($"The loss is {total} at step {step + 1}; try a smaller learning rate than {_options.LearningRate}.");
        }

        optimizer.ZeroGradients();
        loss.Total.backward();
        if (_options.GradientClip > 0) Gradients.ClipNorm(_task.Parameters, _options.GradientClip);
        optimizer.LearningRate = learningRate;
        if (early is null)
        {
            optimizer.Step();
        }
        else
        {
            optimizer.Apply();
            early.HandOverGradients(null);
        }

        return (total, [.. loss.Parts.Select(part => new KeyValuePair<string, double>(part.Key, part.Value.item<float>()))]);
    }

    private ValidationResult Validate(ExponentialMovingAverage average, int done, ref (int Step, double Criterion) best)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        using var exchange = average.InPlace();
        var result = _task.Validate();
        _run.LogValidation(done, result);
        if (result.Criterion < best.Criterion)
        {
            best = (done, result.Criterion);
            _run.SaveBest(ParameterValues.Read(_task.Parameters), done, result);
        }

        Validated?.Invoke(done);
        return result;
    }

    private sealed class RunClock(int firstStep, double earlierSeconds)
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private double _smoothed = double.NaN;

        public double Seconds => earlierSeconds + _watch.Elapsed.TotalSeconds;

        public TrainingProgress At(int done, int steps, double loss, double learningRate, ValidationResult? validation)
        {
            _smoothed = double.IsNaN(_smoothed) ? loss : _smoothed + (loss - _smoothed) / Math.Min(50, done - firstStep);
            var speed = (done - firstStep) / Math.Max(1e-9, _watch.Elapsed.TotalSeconds);
            return new(done, steps, _smoothed, learningRate, speed, TimeSpan.FromSeconds((steps - done) / speed), validation);
        }
    }
}

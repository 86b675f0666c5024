namespace Duomano.Core.Jobs;

/// <summary>
/// Makes one progress of a job's stages: each gets as much of the whole as it has of the work. What is told never falls, whatever a
/// stage says, and is 1 only when all is done.
/// </summary>
public sealed class JobStages
{
    // Only what is done is done.
    private const double MostBeforeEnd = 0.99;

    private readonly Lock _lock = new();
    private readonly IProgress<JobProgress>? _listener;
    private readonly JobStage[] _stages;
    private readonly double _work;
    private JobProgress _told;

    /// <summary>A job that has not begun.</summary>
    /// <param name="listener">Is told how far the whole job is, never by two threads at once; null where nobody asks.</param>
    /// <param name="stages">What will be done, in this order; a stage may turn out not to be needed.</param>
    /// <exception cref="ArgumentException">There is no stage, or a stage has no work.</exception>
    public JobStages(IProgress<JobProgress>? listener, params IReadOnlyList<JobStage> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        if (stages.Count == 0) throw new ArgumentException("A job has at least one stage.", nameof(stages));
        if (stages.FirstOrDefault(stage => !(stage.Work > 0 && double.IsFinite(stage.Work))) is { Name: { } name }) throw new ArgumentException($"The stage '{name}' has no work.", nameof(stages));
        (_listener, _stages) = (listener, [.. stages]);
        _work = _stages.Sum(stage => stage.Work);
    }

    /// <summary>Begins a stage; all before it are done with.</summary>
    /// <param name="name">One of the stages.</param>
    /// <returns>Takes the share of the stage that is done, 0 to 1.</returns>
    /// <exception cref="ArgumentException">There is no such stage.</exception>
    public StageProgress Begin(string name)
    {
        var index = Array.FindIndex(_stages, stage => stage.Name == name);
        if (index < 0) throw new ArgumentException($"The job has no stage '{name}'.", nameof(name));
        var from = _stages[..index].Sum(stage => stage.Work) / _work;
        var stage = new StageProgress(this, name, from, from + _stages[index].Work / _work);
        stage.Report(0);
        return stage;
    }

    /// <summary>All is done.</summary>
    public void Finish() => Tell(_told.Stage ?? _stages[^1].Name, 1, 1);

    private void Tell(string stage, double share, double most)
    {
        lock (_lock)
        {
            if (_told.Share >= 1) return;
            _told = new(stage, Math.Max(_told.Share, Math.Min(share, most)));
            _listener?.Report(_told);
        }
    }

    /// <summary>How far a stage is.</summary>
    public sealed class StageProgress : IProgress<double>
    {
        private readonly JobStages _job;
        private readonly string _name;
        private readonly double _from;
        private readonly double _to;

        internal StageProgress(JobStages job, string name, double from, double to) => (_job, _name, _from, _to) = (job, name, from, to);

        /// <inheritdoc/>
        public void Report(double value) => Report(value, _name);

        /// <summary>Tells how far it is.</summary>
        /// <param name="value">The share of the stage that is done, 0 to 1.</param>
        /// <param name="said">What is being done, where more is to be said than the stage's name.</param>
        public void Report(double value, string said) => _job.Tell(said, _from + (_to - _from) * (value > 0 ? Math.Min(value, 1) : 0), MostBeforeEnd);
    }
}

/// <summary>A part of a job.</summary>
/// <param name="Name">What is being done, for people.</param>
/// <param name="Work">How much work it is, in any unit that all stages share, such as seconds.</param>
public readonly record struct JobStage(string Name, double Work);

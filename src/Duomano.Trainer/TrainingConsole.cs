using System.Diagnostics;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Training.Running;
using Spectre.Console;
using ValidationResult = Duomano.Training.Running.ValidationResult;

namespace Duomano.Trainer;

/// <summary>Shows on stderr how a training goes on: a bar on a terminal, otherwise a line now and then.</summary>
internal static class TrainingConsole
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(15);

    public static TrainingOutcome Run(string what, Func<IProgress<TrainingProgress>, TrainingOutcome> train)
    {
        if (!CommandHost.Messages.Profile.Capabilities.Interactive || Console.IsErrorRedirected) return train(new Lines());
        return CommandHost.Messages.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context => train(new Bar(what, context.AddTask(what))));
    }

    /// <summary>Says how it ended.</summary>
    public static void Report(TrainingOutcome outcome, string folder)
    {
        var end = outcome.Finished ? "finished" : "stopped; go on with --resume";
        var best = outcome.BestStep > 0 ? $"; best after step {outcome.BestStep} (criterion {Number(outcome.BestCriterion)})" : "";
        Console.Error.WriteLine($"{folder}: {end} after step {outcome.Step}{best}");
    }

    private static string Describe(TrainingProgress at) => string.Create(
        CultureInfo.InvariantCulture,
        $"step {at.Step}/{at.Steps}  loss {Number(at.Loss)}  rate {at.LearningRate:0.0e+0}  {at.StepsPerSecond:0.00} steps/s  {Left(at.Remaining)} left");

    private static string Describe(int step, ValidationResult validation) =>
        $"validation after step {step}: " + string.Join("  ", validation.Values.Select(value => $"{value.Key} {Number(value.Value)}"));

    private static string Left(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : $"{time.Minutes} min {time.Seconds} s";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private sealed class Lines : IProgress<TrainingProgress>
    {
        private readonly Stopwatch _sinceLine = Stopwatch.StartNew();

        public void Report(TrainingProgress value)
        {
            if (_sinceLine.Elapsed >= BetweenLines || value.Step == value.Steps || value.Validation is not null)
            {
                Console.Error.WriteLine(Describe(value));
                _sinceLine.Restart();
            }

            if (value.Validation is { } validation) Console.Error.WriteLine(Describe(value.Step, validation));
        }
    }

    private sealed class Bar(string what, ProgressTask task) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            task.MaxValue = value.Steps;
            task.Value = value.Step;
            task.Description = Markup.Escape($"{what}: {Describe(value)}");
            if (value.Validation is { } validation) CommandHost.Messages.MarkupLineInterpolated($"{Describe(value.Step, validation)}");
        }
    }
}

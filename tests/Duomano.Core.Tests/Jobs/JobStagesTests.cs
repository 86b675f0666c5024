using Duomano.Core.Contact;
using Duomano.Core.Fingering;
using Duomano.Core.Jobs;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;

namespace Duomano.Core.Tests.Jobs;

/// <summary>Progress of jobs: it rises from 0 to 1, whatever is done and however often something is told.</summary>
public class JobStagesTests
{
    [Fact]
    public void Stages_get_their_share_of_the_whole()
    {
        var told = new List<JobProgress>();
        var job = new JobStages(new Told<JobProgress>(told), new JobStage("a", 1), new JobStage("not needed", 2), new JobStage("b", 1));
        var a = job.Begin("a");
        a.Report(0.5);
        a.Report(0.2);
        job.Begin("b").Report(0.5, "b, half of it");
        a.Report(1);
        job.Finish();
        job.Begin("b").Report(0.1);
        Assert.Equal([0, 0.125, 0.125, 0.75, 0.875, 0.875, 1], told.Select(one => one.Share));
        Assert.Equal(["a", "a", "a", "b", "b, half of it", "a", "a"], told.Select(one => one.Stage));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(double.PositiveInfinity)]
    public void Only_the_end_is_the_end(double share)
    {
        var told = new List<JobProgress>();
        var job = new JobStages(new Told<JobProgress>(told), new JobStage("all", 3));
        job.Begin("all").Report(share);
        Assert.All(told, one => Assert.InRange(one.Share, 0, 0.99));
        job.Finish();
        Assert.Equal(1, told[^1].Share);
    }

    [Fact]
    public void What_is_no_job_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new JobStages(null));
        Assert.Throws<ArgumentException>(() => new JobStages(null, new JobStage("nothing", 0)));
        Assert.Throws<ArgumentException>(() => new JobStages(null, new JobStage("a", 1)).Begin("b"));
    }

    [Fact]
    public void Planning_playing_and_refining_tell_all_the_way()
    {
        Note[] notes = [.. Enumerable.Range(0, 150).Select(i => new Note(0.2 + 0.15 * i, 0.33 + 0.15 * i, new PianoKey(45 + i * 7 % 35), 80))];
        var plan = Rises(told => FingeringPlanner.Plan(notes, null, told), 4);
        var performance = Rises(told => KinematicPianist.Perform(plan.Notes, PerformanceStyle.Neutral, progress: told), 15);
        Rises(told => ContactRefiner.Refine(performance.Clip, plan.Notes, null, told), 18);
    }

    private static T Rises<T>(Func<IProgress<double>, T> work, int least)
    {
        var told = new List<double>();
        var made = work(new Told<double>(told));
        Assert.Equal(told.Order(), told);
        Assert.InRange(told[0], 0, 0.5);
        Assert.Equal(1, told[^1], 1e-9);
        Assert.True(told.Distinct().Count() >= least, string.Join(' ', told));
        return made;
    }

    private sealed class Told<T>(List<T> all) : IProgress<T>
    {
        public void Report(T value) => all.Add(value);
    }
}

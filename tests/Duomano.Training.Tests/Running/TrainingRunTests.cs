using Duomano.Core.Files;
using Duomano.Networks.Tensors;
using Duomano.Tests;
using Duomano.Training.Running;

namespace Duomano.Training.Tests.Running;

public class TrainingRunTests
{
    private static readonly TrainingOptions Options = new() { Steps = 10, LearningRate = 0.25 };

    [Fact]
    public void Begin_KeepsTheRecipe_AndRefusesAFolderThatIsTaken()
    {
        using var folder = new TemporaryFolder();
        TrainingRun.Begin(folder.PathOf("run"), Options).Dispose();
        using (TrainingRun.Resume<TrainingOptions>(folder.PathOf("run"), out var recipe)) Assert.Equal(Options, recipe);
        var problem = Assert.Throws<IOException>(() => TrainingRun.Begin(folder.PathOf("run"), Options));
        Assert.Contains("--resume", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_WithoutARun_NamesTheFolder()
    {
        using var folder = new TemporaryFolder();
        var problem = Assert.Throws<FileNotFoundException>(() => TrainingRun.Resume<TrainingOptions>(folder.PathOf("none"), out _));
        Assert.Contains("none", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheLatestCheckpoint_IsKept_AndNothingHalfWritten()
    {
        using var folder = new TemporaryFolder();
        using var run = TrainingRun.Begin(folder.PathOf("run"), Options);
        Assert.Null(run.LoadCheckpoint());
        run.SaveCheckpoint(CheckpointOf(99, 0.5f));
        run.SaveCheckpoint(CheckpointOf(100, 0.25f));
        run.SaveCheckpoint(CheckpointOf(100, 0.125f));
        Assert.Equal(["checkpoint-00000100"], Directory.EnumerateDirectories(run.Folder).Select(Path.GetFileName));
        var loaded = run.LoadCheckpoint()!;
        Assert.Equal((100, 12.5, 4, double.PositiveInfinity), (loaded.Step, loaded.Seconds, loaded.BestStep, loaded.BestCriterion));
        Assert.Equal([0.125f], loaded.Parameters["w"].Values);
    }

    [Fact]
    public void DamagedCheckpoint_IsNamed()
    {
        using var folder = new TemporaryFolder();
        using var run = TrainingRun.Begin(folder.PathOf("run"), Options);
        run.SaveCheckpoint(CheckpointOf(3, 1));
        File.WriteAllText(Path.Combine(run.Folder, "checkpoint-00000003", "state.json"), "{ \"step\": 3, \"sec");
        Assert.Throws<UnreadableFileException>(run.LoadCheckpoint);
    }

    private static Checkpoint CheckpointOf(int step, float value)
    {
        var state = new StateDict { ["w"] = new TensorData([value], 1) };
        return new Checkpoint { Step = step, Seconds = 12.5, BestStep = 4, Parameters = state, Average = state, Optimizer = state };
    }
}

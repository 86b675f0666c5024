using System.Text.Json;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>The pianist beside recorded people.</summary>
public class EvaluatePeopleTests
{
    [Fact]
    public void The_pianist_is_measured_on_the_chosen_songs_and_as_a_folder_of_motions()
    {
        using var folder = new TemporaryFolder();
        var people = folder.WithFile("people.npz", WhitePeople.File());
        var (json, motions) = (folder.PathOf("all.json"), folder.PathOf("motions"));
        var (code, output, _) = DuomanoProcess.Run("evaluate", "--people", people, "--performer", "--songs", "all", "--given-fingers", "--json", json);
        Assert.Equal(0, code);
        Assert.Contains("fingertips x", output, StringComparison.Ordinal);
        using var figures = JsonDocument.Parse(File.ReadAllBytes(json));
        var all = figures.RootElement;
        Assert.Equal(WhitePeople.Episodes, all.GetProperty("recordings").GetInt32());
        Assert.Equal(1, all.GetProperty("likeness").GetProperty("motion").GetProperty("same_finger").GetDouble());
        Assert.True(all.GetProperty("report").GetProperty("key_press_notes").GetProperty("f1").GetDouble() > 0.95);

        // One recording of the six is held out; the same motion from a file has the same figures.
        Directory.CreateDirectory(motions);
        var episodes = RecordedPeopleFile.Read(people);
        var folds = SongFolds.Of([.. episodes.Select(episode => episode.Score)]);
        var held = Array.IndexOf(folds, SongFolds.HeldOut);
        NpzMotion.Write(Path.Combine(motions, $"e{held:00}.npz"), KinematicPianist.Perform(episodes[held].Score.Notes, PerformanceStyle.Neutral with { Seed = 1 }, WhitePeople.Frames / WhitePeople.Fps).Clip);
        Assert.Equal(0, DuomanoProcess.Run("evaluate", "--people", people, "--performer", "--given-fingers", "--json", json).Code);
        var played = Difference(json);
        Assert.Equal(0, DuomanoProcess.Run("evaluate", "--people", people, "--motions", motions, "--json", json).Code);
        Assert.Equal(played, Difference(json), 3);
    }

    private static double Difference(string json)
    {
        using var figures = JsonDocument.Parse(File.ReadAllBytes(json));
        return figures.RootElement.GetProperty("likeness").GetProperty("motion").GetProperty("fingertips_x").GetDouble();
    }

    [Fact]
    public void Wrong_arguments_are_one_line_and_code_2()
    {
        using var folder = new TemporaryFolder();
        var people = folder.WithFile("people.npz", WhitePeople.File());
        Fails(["evaluate", "--people", folder.PathOf("none.npz"), "--performer"], "none.npz");
        Fails(["evaluate", "--people", people, "--data", folder.PathOf("x"), "--performer"], "--data");
        Fails(["evaluate", "--people", people, "--motions", folder.PathOf("x")], "no such folder");
        Fails(["evaluate", "--people", folder.WithFile("broken.npz", [1, 2, 3]), "--performer"], "broken.npz");
        Assert.Equal(2, DuomanoProcess.Run("evaluate", "--performer").Code);

        static void Fails(string[] arguments, string says)
        {
            var (code, _, errors) = DuomanoProcess.Run(arguments);
            Assert.Equal(2, code);
            Assert.Contains(says, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        }
    }
}

using System.Text.Json;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Evaluation.Published;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>The paper's table over a data set.</summary>
public sealed class EvaluatePaperTests : IDisposable
{
    private static readonly TwoHandClip Clip = Clips.Smooth(490);

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.PathOf("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Windows_are_the_annotated_motion_and_what_is_played_in_them()
    {
        Write("long", Clip);
        Write("short", Clips.Smooth(60));
        var windows = AnnotatedWindow.List(Data, CorpusSplit.Test, 5, (_, _) => throw new InvalidOperationException("There is no recording."), always: true);
        Assert.Equal(2, windows.Count); // of 8 s each, in 16.3 s
        foreach (var (window, first) in windows.Zip([0, 240]))
        {
            Assert.Equal(Clip.Skeletons.Right.Size, window.HandSize);
            Assert.Equal(PianoMotionHand.Duomano, window.Hand);
            Assert.Equal(Clip.Notes.Count(note => note.Onset >= first / 30.0 && note.Onset < first / 30.0 + 8), window.Music.Notes.Notes.Count);
            var same = new TwoHandClip(Clip.Hands.Map(track => track.Slice(first, 240)), Clip.Skeletons);
            foreach (var side in HandSides.Both)
            {
                var written = HandMotion.FromClip(same, side, window.Hand);
                Assert.Equal(240, written.FrameCount);
                Assert.All(written.Pose.Zip(window.Real[side].Pose), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
                Assert.All(written.Positions.Zip(window.Real[side].Positions), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
                var found = PairMeasures.Measure(window.Real[side], window.Real[side], 30);
                Assert.Equal(new HandMeasures(), Rounded(found.Reference));
                Assert.Equal(new HandMeasures(), Rounded(found.Ours!.Value));
            }
        }
    }

    [Fact]
    public void The_table_has_each_hand_and_both_with_their_spread()
    {
        Write("one", Clip);
        var json = _folder.PathOf("figures.json");
        var (code, output, errors) = DuomanoProcess.Run(
            "evaluate", "--data", Data, "--seeds", "2", "--windows", "2", "--steps", "2", "--threads", "1", "--json", json,
            "--autoencoder", Golden.Path("metrics/gesture_autoencoder_checkpoint.bin"));
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        var lines = output.TrimEnd().Split('\n');
        Assert.StartsWith("2 windows of 8 s, 2 seeds", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            from form in new[] { "reference", "ours" } from row in new[] { "left", "right", "together" } select $"{form} {row}",
            lines[2..].Select(line => string.Join(' ', line.Split(' ')[..2])));

        using var document = JsonDocument.Parse(File.ReadAllBytes(json));
        var figures = document.RootElement;
        Assert.Equal([1, 2], figures.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetInt32()));
        foreach (var measure in new[] { "fid", "wgd", "pd_m", "smooth" })
        {
            double Mean(string row) => figures.GetProperty("reference").GetProperty(row).GetProperty(measure).GetProperty("mean").GetDouble();
            Assert.True(Mean("left") > 0, measure);
            Assert.Equal((Mean("left") + Mean("right")) / 2, Mean("together"), 1e-9);
        }

        // Seeds change the gestures and the wrists.
        Assert.True(figures.GetProperty("reference").GetProperty("left").GetProperty("fid").GetProperty("deviation").GetDouble() > 0);
        Assert.True(figures.GetProperty("ours").GetProperty("left").GetProperty("pd_m").GetProperty("deviation").GetDouble() > 0);
        Assert.True(figures.GetProperty("fgd").GetProperty("mean").GetDouble() > 0);
        Assert.True(figures.GetProperty("selection_score").GetProperty("mean").GetDouble() > 0);
        Assert.True(figures.GetProperty("parameters").GetProperty("left").GetInt64() > 1_000_000);
    }

    [Fact]
    public void Wrong_wishes_are_told_in_a_line()
    {
        Write("short", Clips.Smooth(60));
        var (code, _, errors) = DuomanoProcess.Run("evaluate", "--data", Data);
        Assert.Equal(2, code);
        Assert.Contains("test.txt: has no sequence of 8 s", errors, StringComparison.Ordinal);
        Write("long", Clips.Smooth(250));
        foreach (var (option, value) in new[] { ("--seeds", "0"), ("--windows", "0"), ("--autoencoder", Path.Combine(Data, "test.txt")), ("--autoencoder", "none.bin") })
        {
            (code, _, errors) = DuomanoProcess.Run("evaluate", "--data", Data, option, value);
            Assert.Equal(2, code);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        }
    }

    private void Write(string video, TwoHandClip clip)
    {
        var folder = Path.Combine(Data, "annotation", "someone", video);
        Directory.CreateDirectory(folder);
        File.AppendAllText(Path.Combine(Data, "test.txt"), $"someone {video}\n");
        AnnotationJson.Write(Path.Combine(folder, $"{video}_seq_0000.json"), Annotation.FromClip(clip));
    }

    private static HandMeasures Rounded(HandMeasures found) =>
        new(Math.Round(found.Fid, 6), Math.Round(found.Wgd, 6), Math.Round(found.PositionDistance, 6), Math.Round(found.Smooth, 6));
}

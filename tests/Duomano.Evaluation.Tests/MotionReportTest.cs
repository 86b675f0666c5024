using System.Text.Json;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

public class MotionReportTest
{
    private static readonly Note[] Notes =
    [
        new(0.4, 0.8, new(60), 64) { Hand = HandSide.Right, Finger = Finger.Index },
        new(1.2, 1.6, new(64), 64) { Hand = HandSide.Right, Finger = Finger.Middle },
    ];

    [Fact]
    public void ReportHoldsAllMeasures()
    {
        var report = Measured();
        Assert.Equal(1, report.Press!.Notes.F1);
        Assert.Equal(0.5, report.Agreement!.Value.Fingers.Share);
        Assert.Equal(2, report.Anticipation!.Leads.Count);
        Assert.Equal(60, report.FrameCount);
    }

    [Fact]
    public void JsonHoldsTheFigures()
    {
        var report = Measured();
        using var json = JsonDocument.Parse(report.ToJson());
        foreach (var figure in report.Figures) Assert.Equal(figure.Value, json.RootElement.GetProperty(figure.Group).GetProperty(figure.Name).GetDouble());
        Assert.Equal(1, json.RootElement.GetProperty("key_press_notes").GetProperty("f1").GetDouble());
    }

    [Fact]
    public void TextHasALineAFigure()
    {
        var report = Measured();
        var lines = report.ToText().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(report.Figures.Count, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("key press notes f1", StringComparison.Ordinal) && line.EndsWith("100.0 %", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("clip seconds", StringComparison.Ordinal) && line.EndsWith("2.000 s", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutNotes_OnlyTheMotionIsMeasured()
    {
        var report = MotionReport.Measure(new PointingHand(HandSide.Left, Finger.Index).Clip(5, _ => PointingHand.Above(60, 0.05f)));
        Assert.Null(report.Press);
        Assert.Null(report.Agreement);
        Assert.Null(report.Anticipation);
        Assert.DoesNotContain("key_press", report.ToJson());
        Assert.Throws<ArgumentException>(() => MotionReport.Measure(new PointingHand(HandSide.Left, Finger.Index).Clip(0, _ => default)));
    }

    [Fact]
    public void JerkIsToldAsARatioToTheReference()
    {
        var report = Measured();
        Assert.DoesNotContain("jerk_ratio", report.ToJson());
        var calmer = report.Physical with { WristJerk = report.Physical.WristJerk / 4, FingertipJerk = report.Physical.FingertipJerk / 2 };
        var compared = report with { Reference = calmer };
        Assert.Equal(4, compared.Figures.Single(figure => figure.Name == "wrist_jerk_ratio").Value, 9);
        Assert.Equal(2, compared.Figures.Single(figure => figure.Name == "fingertip_jerk_ratio").Value, 9);
        Assert.Equal(compared.ToJson(), MotionReport.Combine([compared]).ToJson());
        Assert.DoesNotContain("jerk_ratio", MotionReport.Combine([compared, report]).ToJson());
    }

    [Fact]
    public void TheNamesOfTheFiguresStayAsTheyAre() => Assert.Equal(
        """
        clip: frames seconds
        key_press_notes: true predicted matched precision recall f1
        key_press_frames: true predicted matched precision recall f1
        key_press: wrong_key_strokes
        agreement: hand finger
        anticipation: mean median in_time
        physical: beyond_joint_limits below_key_bed fingers_penetrating hands_penetrating penetrating wrist_jerk fingertip_jerk
        movement: largest_turn fast_turns wrists_over_keys bones_in_keys deepest_bone knuckles_at_limits raised_fingertips wrist_speed_p999 fingertip_speed_p999 fingertip_in_hand_speed_p999
        """,
        string.Join('\n', Measured().Figures.GroupBy(figure => figure.Group).Select(group => $"{group.Key}: {string.Join(' ', group.Select(figure => figure.Name))}")));

    [Fact]
    public void FingersThatNobodyNamedAreNotCompared()
    {
        Note[] hands = [.. Notes.Select(note => note with { Finger = null })];
        var clip = new PointingHand(HandSide.Right, Finger.Index).Playing(60, Notes);
        var figures = MotionReport.Measure(new(clip.Hands, clip.Skeletons, clip.Fps, hands)).Figures.Where(figure => figure.Group == "agreement");
        Assert.Equal(("hand", 1.0), figures.Select(figure => (figure.Name, figure.Value)).Single());
    }

    private static MotionReport Measured() =>
        MotionReport.Measure(new PointingHand(HandSide.Right, Finger.Index).Playing(60, Notes));
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Duomano.Core.Fingering;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Evaluation;

namespace Duomano.Cli;

/// <summary>How the kinematic pianist played one piece, or several together.</summary>
/// <param name="Name">The piece.</param>
/// <param name="Seconds">Length of the motion.</param>
/// <param name="AllNotes">Strokes against every note of the piece, those that two hands cannot play included.</param>
/// <param name="Unplayed">Notes that two hands cannot play.</param>
/// <param name="Report">The motion measured against the notes that can be played.</param>
/// <param name="WorkSeconds">Time of fingering and performing.</param>
internal sealed record PerformerEvaluation(
    string Name, double Seconds, DetectionScore AllNotes, int Unplayed, MotionReport Report, double WorkSeconds)
{
    public static string Heading => $"{ReportTable.Name("piece")} {"sec",6} {"notes",6} {"unplayed",8} {ReportTable.Heading} {"x music",7}";

    public static PerformerEvaluation Measure(string name, Score score, PerformanceStyle style, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var plan = FingeringPlanner.Plan(score.Notes, new() { HandSize = style.HandSize }, cancellation: cancellation);
        var performance = KinematicPianist.Perform(plan.Notes, style, score.Duration + MusicInput.Tail, cancellation: cancellation);
        var work = watch.Elapsed.TotalSeconds;
        // The notes as they are written, not as the pianist may have changed them.
        var report = MotionReport.Measure(performance.Clip, Playable(plan.Notes, performance.Unplayed));
        Note[] struck = [.. report.Press?.Strokes.Select(stroke => new Note(stroke.Onset, stroke.Offset, stroke.Key, 64)) ?? []];
        return new(name, performance.Clip.Duration, NoteMatching.Measure(score.Notes, struck), performance.Unplayed.Count, report, work);
    }

    /// <summary>All pieces: counts added up, shares of frames weighted by length.</summary>
    public static PerformerEvaluation Total(IReadOnlyList<PerformerEvaluation> pieces) => new(
        $"all {pieces.Count}", pieces.Sum(piece => piece.Seconds), pieces.Select(piece => piece.AllNotes).Aggregate((a, b) => a + b),
        pieces.Sum(piece => piece.Unplayed), MotionReport.Combine([.. pieces.Select(piece => piece.Report)]), pieces.Sum(piece => piece.WorkSeconds));

    public string ToLine() =>
        $"{ReportTable.Name(Name)} {Seconds,6:0} {AllNotes.Truth,6} {ReportTable.Percent(UnplayedShare),8} {ReportTable.Columns(Report)} {Speed,7:0}";

    public JsonObject ToJson() => new()
    {
        ["piece"] = Name,
        ["seconds"] = Seconds,
        ["notes"] = AllNotes.Truth,
        ["unplayed"] = Unplayed,
        ["unplayed_share"] = UnplayedShare,
        ["all_notes_f1"] = AllNotes.F1,
        ["work_seconds"] = WorkSeconds,
        ["speed"] = Speed,
        ["report"] = JsonNode.Parse(Report.ToJson()),
    };

    private double UnplayedShare => AllNotes.Truth == 0 ? 0 : (double)Unplayed / AllNotes.Truth;

    private double Speed => WorkSeconds == 0 ? 0 : Seconds / WorkSeconds;

    private static List<Note> Playable(IReadOnlyList<Note> notes, IReadOnlyList<UnplayedNote> unplayed)
    {
        var without = new Dictionary<(double Onset, PianoKey Key), int>();
        foreach (var (note, _) in unplayed) without[(note.Onset, note.Key)] = without.GetValueOrDefault((note.Onset, note.Key)) + 1;
        var playable = new List<Note>(notes.Count);
        // Of equal notes the shorter ones are left out first: what sounds on is the longest.
        foreach (var note in notes.OrderBy(note => note.Duration))
        {
            if (without.GetValueOrDefault((note.Onset, note.Key)) is var left and > 0) without[(note.Onset, note.Key)] = left - 1;
            else playable.Add(note);
        }

        playable.Sort((a, b) => a.Onset != b.Onset ? a.Onset.CompareTo(b.Onset) : a.Key.CompareTo(b.Key));
        return playable;
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Duomano.Core.Contact;
using Duomano.Core.Fingering;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Evaluation;
using Duomano.Inference;

namespace Duomano.Cli;

/// <summary>What a model made of one piece, or of several together: its own motion and the refined one side by side.</summary>
/// <param name="Name">The piece.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="WristMetres">Mean distance of the generated wrists from the kinematic pianist's.</param>
/// <param name="Heard">Notes heard in a recording against the true ones (onsets); null where the input was MIDI.</param>
/// <param name="Raw">The network's own motion against the true notes.</param>
/// <param name="Refined">The motion after contact refinement against the true notes.</param>
/// <param name="JointRadians">Mean angle by which the refinement turned a joint.</param>
/// <param name="WristMove">Mean distance by which it moved a wrist, metres.</param>
/// <param name="NetworkSeconds">Time of fingering and networks.</param>
/// <param name="ContactSeconds">Time of the refinement.</param>
internal sealed record PieceEvaluation(
    string Name, double Seconds, double WristMetres, DetectionScore? Heard, MotionReport Raw, MotionReport Refined,
    double JointRadians, double WristMove, double NetworkSeconds, double ContactSeconds)
{
    private const double DegreesOfRadian = 180 / Math.PI;

    public static string Heading =>
        $"{ReportTable.Name("piece")} {"motion",-7} {ReportTable.Heading} {"jerk",6} {"joints",6} {"wrists",6} {"sec",6} {"off cm",6} {"heard",6} {"x music",7}";

    public static PieceEvaluation Measure(MotionGenerator generator, string modelFolder, int threads, string midi, string? recording, GenerationOptions options, CancellationToken cancellation)
    {
        var truth = MusicInput.ReadScore(midi, cancellation: cancellation);
        var music = MusicInput.Read(recording ?? midi, 0, null, modelFolder, threads, withSound: generator.TakesSound, cancellation: cancellation);
        var (heard, duration) = music;
        var watch = Stopwatch.StartNew();
        var raw = generator.Generate(music, options, cancellation: cancellation).Clip;
        var network = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var contact = ContactRefiner.Refine(raw, raw.Notes, new() { Threads = threads }, cancellation: cancellation);
        var refining = watch.Elapsed.TotalSeconds;
        var fingered = FingeringPlanner.Plan(truth.Notes, cancellation: cancellation).Notes;
        var pianist = KinematicPianist.Perform(fingered, PerformanceStyle.Neutral, raw.Duration, cancellation: cancellation).Clip;
        return new(
            Path.GetFileNameWithoutExtension(midi), duration, WristDistance.Measure(raw, pianist).Mean,
            recording is null ? null : NoteMatching.Measure(truth.Notes, heard.Notes),
            MotionReport.Measure(raw, fingered), MotionReport.Measure(contact.Clip, fingered),
            contact.MeanJointChange, contact.MeanWristMove, network, refining);
    }

    /// <summary>All pieces: counts added up, changes and shares weighted by length, wrist distances averaged over the pieces.</summary>
    public static PieceEvaluation Total(IReadOnlyList<PieceEvaluation> pieces)
    {
        var frames = Math.Max(1.0, pieces.Sum(piece => piece.Raw.FrameCount));
        return new(
            $"all {pieces.Count}", pieces.Sum(piece => piece.Seconds), pieces.Average(piece => piece.WristMetres),
            pieces.Any(piece => piece.Heard is not null) ? pieces.Select(piece => piece.Heard ?? default).Aggregate((a, b) => a + b) : null,
            MotionReport.Combine([.. pieces.Select(piece => piece.Raw)]), MotionReport.Combine([.. pieces.Select(piece => piece.Refined)]),
            pieces.Sum(piece => piece.JointRadians * piece.Raw.FrameCount) / frames, pieces.Sum(piece => piece.WristMove * piece.Raw.FrameCount) / frames,
            pieces.Sum(piece => piece.NetworkSeconds), pieces.Sum(piece => piece.ContactSeconds));
    }

    /// <summary>Two lines: the network's own motion, and the refined one with what the refinement changed (mean degrees a joint, millimetres a wrist).</summary>
    public string ToLines() =>
        $"{ReportTable.Name(Name)} {"raw",-7} {ReportTable.Columns(Raw)} {Raw.Physical.FingertipJerk,6:0} {"",6} {"",6} {Seconds,6:0} {WristMetres * 100,6:0.00} {(Heard is { } heard ? $"{heard.F1:0.000}" : "-"),6} {Speed(NetworkSeconds),7:0.0}\n"
        + $"{ReportTable.Name("")} {"refined",-7} {ReportTable.Columns(Refined)} {Refined.Physical.FingertipJerk,6:0} {JointRadians * DegreesOfRadian,6:0.0} {WristMove * 1000,6:0.0} {"",6} {"",6} {"",6} {Speed(NetworkSeconds + ContactSeconds),7:0.0}";

    public JsonObject ToJson() => new()
    {
        ["piece"] = Name,
        ["seconds"] = Seconds,
        ["wrist_m"] = WristMetres,
        ["heard_note_f1"] = Heard?.F1,
        ["raw_note_f1"] = Raw.Press?.Notes.F1,
        ["raw_frame_f1"] = Raw.Press?.Frames.F1,
        ["refined_note_f1"] = Refined.Press?.Notes.F1,
        ["refined_frame_f1"] = Refined.Press?.Frames.F1,
        ["mean_joint_change_rad"] = JointRadians,
        ["mean_wrist_change_m"] = WristMove,
        ["network_seconds"] = NetworkSeconds,
        ["contact_seconds"] = ContactSeconds,
        ["raw"] = JsonNode.Parse(Raw.ToJson()),
        ["refined"] = JsonNode.Parse(Refined.ToJson()),
    };

    private double Speed(double seconds) => seconds > 0 ? Seconds / seconds : 0;
}

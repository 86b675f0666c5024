using System.Diagnostics;
using Duomano.Core.Contact;
using Duomano.Core.Fingering;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Evaluation;
using Duomano.Inference;

namespace Duomano.Cli;

/// <summary>What a model made of one piece, or of several together.</summary>
/// <param name="Name">The piece.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="WristMetres">Mean distance of the generated wrists from the kinematic pianist's.</param>
/// <param name="Heard">Notes heard in a recording against the true ones (onsets); null where the input was MIDI.</param>
/// <param name="Raw">Key presses of the network's own motion.</param>
/// <param name="Refined">Key presses after contact refinement.</param>
/// <param name="NetworkSeconds">Time of fingering and networks.</param>
/// <param name="ContactSeconds">Time of the refinement.</param>
internal sealed record PieceEvaluation(
    string Name, double Seconds, double WristMetres, DetectionScore? Heard, Presses Raw, Presses Refined, double NetworkSeconds, double ContactSeconds)
{
    public static string Heading => $"{"piece",-36} {"sec",5} {"wrist cm",8} {"heard",6} {"raw note F1",11} {"frame F1",8} {"refined note F1",15} {"frame F1",8} {"x music",7}";

    public static PieceEvaluation Measure(MotionGenerator generator, string modelFolder, int threads, string midi, string? recording, GenerationOptions options)
    {
        var truth = MusicInput.ReadMidi(midi);
        var (heard, duration) = MusicInput.Read(recording ?? midi, 0, null, modelFolder, threads);
        var watch = Stopwatch.StartNew();
        var raw = generator.Generate(heard, duration, options).Clip;
        var network = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var refined = ContactRefiner.Refine(raw, raw.Notes).Clip;
        var contact = watch.Elapsed.TotalSeconds;
        var pianist = KinematicPianist.Perform(FingeringPlanner.Plan(truth.Notes).Notes, PerformanceStyle.Neutral, raw.Duration).Clip;
        return new(
            Path.GetFileNameWithoutExtension(midi), duration, WristDistance.Measure(raw, pianist).Mean,
            recording is null ? null : NoteMatching.Measure(truth.Notes, heard.Notes),
            Presses.Of(KeyPress.Measure(raw, truth.Notes)), Presses.Of(KeyPress.Measure(refined, truth.Notes)), network, contact);
    }

    /// <summary>All pieces: counts added up, wrist distances averaged over the pieces.</summary>
    public static PieceEvaluation Total(IReadOnlyList<PieceEvaluation> pieces) => new(
        $"all {pieces.Count}", pieces.Sum(piece => piece.Seconds), pieces.Average(piece => piece.WristMetres),
        pieces.Any(piece => piece.Heard is not null) ? pieces.Select(piece => piece.Heard ?? default).Aggregate((a, b) => a + b) : null,
        pieces.Select(piece => piece.Raw).Aggregate((a, b) => a + b), pieces.Select(piece => piece.Refined).Aggregate((a, b) => a + b),
        pieces.Sum(piece => piece.NetworkSeconds), pieces.Sum(piece => piece.ContactSeconds));

    public string ToLine() =>
        $"{Name,-36} {Seconds,5:0} {WristMetres * 100,8:0.00} {(Heard is { } heard ? $"{heard.F1:0.000}" : "-"),6} {Raw.Notes.F1,11:0.000} {Raw.Frames.F1,8:0.000} {Refined.Notes.F1,15:0.000} {Refined.Frames.F1,8:0.000} {Seconds / (NetworkSeconds + ContactSeconds),7:0.0}";

    public IReadOnlyDictionary<string, object?> ToFigures() => new Dictionary<string, object?>
    {
        ["piece"] = Name,
        ["seconds"] = Seconds,
        ["wrist_m"] = WristMetres,
        ["heard_note_f1"] = Heard?.F1,
        ["raw_note_f1"] = Raw.Notes.F1,
        ["raw_frame_f1"] = Raw.Frames.F1,
        ["refined_note_f1"] = Refined.Notes.F1,
        ["refined_frame_f1"] = Refined.Frames.F1,
        ["network_seconds"] = NetworkSeconds,
        ["contact_seconds"] = ContactSeconds,
    };
}

/// <summary>Key presses counted by notes and by frames.</summary>
/// <param name="Notes">Strokes against notes.</param>
/// <param name="Frames">Pressed keys against held notes, frame by frame.</param>
internal readonly record struct Presses(DetectionScore Notes, DetectionScore Frames)
{
    public static Presses Of(KeyPress press) => new(press.Notes, press.Frames);

    public static Presses operator +(Presses a, Presses b) => new(a.Notes + b.Notes, a.Frames + b.Frames);
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Evaluation;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Inference.Listening;
using Duomano.Training.Listening;
using Duomano.Training.Motion;
using Duomano.Training.Running;

namespace Duomano.Trainer;

/// <summary><c>duomano-train measure-listening</c>: how well a listening network hears recordings whose notes are known.</summary>
internal static class MeasureListeningCommand
{
    private static readonly Option<DirectoryInfo?> Model = new("--model") { Description = "Folder with config.json and listening.safetensors." };
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "A data set, whose test part is taken, or a folder of sound files with MIDI files of the same name.", Required = true };
    private static readonly Option<DirectoryInfo?> Transcriptions = new("--transcriptions") { Description = "Folder of MIDI files, named as the recordings, that somebody else heard, instead of --model." };
    private static readonly Option<double?> Onset = NumberOption.Optional<double>("--onset-threshold", "Least onset probability of a note, if not the model's own.", 0, 1);
    private static readonly Option<double?> Held = NumberOption.Optional<double>("--held-threshold", "Least probability of a held key, if not the model's own.", 0, 1);
    private static readonly Option<double> Tolerance = NumberOption.Of<double>("--tolerance", "Seconds that an onset may be off.", NoteMatchingRule.Onset.OnsetTolerance, 0, above: true);
    private static readonly Option<FileInfo?> Errors = new("--errors") { Description = "Also write the shares of the errors, as a motion recipe's \"heard\" takes them." };

    public static Command Create()
    {
        var command = new Command("measure-listening", "Measure note F1 (mir_eval's rules), frame and pedal F1 and the kinds of errors of a listening network, or of transcriptions, on recordings.")
        {
            Model, Data, Transcriptions, Onset, Held, Tolerance, Errors,
        };
        command.SetAction(Measure);
        return command;
    }

    private static int Measure(ParseResult arguments)
    {
        var folder = arguments.GetRequiredValue(Data).FullName;
        var transcriptions = arguments.GetValue(Transcriptions)?.FullName;
        var model = arguments.GetValue(Model)?.FullName;
        if (model is null == transcriptions is null) throw new ArgumentException("measure-listening takes either --model or --transcriptions.");
        OutputCheck.Check([arguments.GetValue(Errors)?.ToString()], folder, model, transcriptions);
        using var listener = model is null ? null : Listener.Load(model);
        var decoder = listener?.Decoder;
        if (arguments.GetValue(Onset) is { } onset) decoder = decoder! with { OnsetThreshold = onset };
        if (arguments.GetValue(Held) is { } held) decoder = decoder! with { HeldThreshold = held };
        var tolerance = arguments.GetValue(Tolerance);
        var total = default(ListeningFigures);
        Console.WriteLine(ListeningFigures.Header);
        foreach (var recording in RecordingFolder.Find(folder, CorpusSplit.Test))
        {
            var samples = AudioFile.ReadMono16k(recording.SoundPath);
            var end = samples.Length / (double)AudioFile.ListeningRate;
            var truth = recording.LoadScore();
            truth = truth.WithNotes(truth.Notes.Where(note => note.Onset < end));
            var watch = Stopwatch.StartNew();
            var heard = listener is not null ? listener.Transcribe(samples, decoder) : ReadTranscription(transcriptions!, recording.Name);
            var figures = ListeningFigures.Of(truth, heard, tolerance, end, listener is null ? 0 : watch.Elapsed.TotalSeconds);
            total = total is null ? figures : total + figures;
            Console.WriteLine(figures.Row(recording.Name));
        }

        Console.WriteLine(total!.Row("all"));
        foreach (var line in total.Errors.Describe()) Console.WriteLine(line);
        if (arguments.GetValue(Errors) is { } file) WholeFile.Write(file.FullName, stream => JsonSerializer.Serialize(stream, TranscriptionNoise.Of(total.Errors), RecipeFile.Json));
        return CommandHost.Done;
    }

    private static Score ReadTranscription(string folder, string name)
    {
        var path = Path.Combine(folder, Path.ChangeExtension(name, ".mid"));
        if (!File.Exists(path)) throw new UnreadableFileException(path, "", $"there is no transcription of {name}");
        return MidiFile.Read(path).Score;
    }

    private sealed record ListeningFigures(DetectionScore Onset, DetectionScore Offset, DetectionScore Velocity, DetectionScore Frames, DetectionScore Pedal, ListeningErrors Errors, double Music, double Work)
    {
        public const string Header = "recording,notes,heard,precision,recall,f1_onset,f1_offset,f1_velocity,f1_frame,f1_pedal,onset_bias_ms,times_real_time";

        public static ListeningFigures Of(Score truth, Score heard, double tolerance, double music, double work) => new(
            NoteMatching.Measure(truth.Notes, heard.Notes, NoteMatchingRule.Onset with { OnsetTolerance = tolerance }),
            NoteMatching.Measure(truth.Notes, heard.Notes, NoteMatchingRule.OnsetAndOffset with { OnsetTolerance = tolerance }),
            NoteMatching.Measure(truth.Notes, heard.Notes, NoteMatchingRule.OnsetOffsetAndVelocity with { OnsetTolerance = tolerance }),
            NoteFrames.Measure(truth.Notes, heard.Notes),
            PedalFrames.Measure(truth.Pedal, heard.Pedal, music),
            ListeningErrors.Of(truth.Notes, heard.Notes),
            music,
            work);

        public static ListeningFigures operator +(ListeningFigures left, ListeningFigures right) => new(
            left.Onset + right.Onset, left.Offset + right.Offset, left.Velocity + right.Velocity, left.Frames + right.Frames, left.Pedal + right.Pedal, left.Errors + right.Errors, left.Music + right.Music, left.Work + right.Work);

        public string Row(string name) => string.Create(
            CultureInfo.InvariantCulture,
            $"{name},{Onset.Truth},{Onset.Predicted},{Onset.Precision:0.0000},{Onset.Recall:0.0000},{Onset.F1:0.0000},{Offset.F1:0.0000},{Velocity.F1:0.0000},{Frames.F1:0.0000},{Pedal.F1:0.0000},{1000 * Errors.Onset.Mean:0.0},")
            + (Work > 0 ? (Music / Work).ToString("0", CultureInfo.InvariantCulture) : "");
    }
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Evaluation;
using Duomano.Formats.Audio;
using Duomano.Inference.Listening;
using Duomano.Training.Listening;

namespace Duomano.Trainer;

/// <summary><c>duomano-train measure-listening</c>: how well a listening network hears recordings whose notes are known.</summary>
internal static class MeasureListeningCommand
{
    private static readonly Option<DirectoryInfo> Model = new("--model") { Description = "Folder with config.json and listening.safetensors.", Required = true };
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "A data set, whose test part is taken, or a folder of sound files with MIDI files of the same name.", Required = true };
    private static readonly Option<double?> Onset = new("--onset-threshold") { Description = "Least onset probability of a note, if not the model's own." };
    private static readonly Option<double?> Held = new("--held-threshold") { Description = "Least probability of a held key, if not the model's own." };

    public static Command Create()
    {
        var command = new Command("measure-listening", "Measure note F1 (mir_eval's rules) of a listening network on recordings.") { Model, Data, Onset, Held };
        command.SetAction(Measure);
        return command;
    }

    private static int Measure(ParseResult arguments)
    {
        var folder = arguments.GetRequiredValue(Data).FullName;
        using var listener = Listener.Load(arguments.GetRequiredValue(Model).FullName);
        var decoder = listener.Decoder;
        if (arguments.GetValue(Onset) is { } onset) decoder = decoder with { OnsetThreshold = onset };
        if (arguments.GetValue(Held) is { } held) decoder = decoder with { HeldThreshold = held };
        var rules = new[] { NoteMatchingRule.Onset, NoteMatchingRule.OnsetAndOffset, NoteMatchingRule.OnsetOffsetAndVelocity };
        var totals = new DetectionScore[rules.Length];
        Console.WriteLine("recording,notes,heard,precision,recall,f1_onset,f1_offset,f1_velocity,onset_bias_ms,times_real_time");
        foreach (var recording in RecordingFolder.Find(folder, CorpusSplit.Test))
        {
            var samples = AudioFile.ReadMono16k(recording.SoundPath);
            var end = samples.Length / (double)AudioFile.ListeningRate;
            var truth = recording.LoadScore().Notes.Where(note => note.Onset < end).ToList();
            var watch = Stopwatch.StartNew();
            var heardNotes = listener.Transcribe(samples, decoder).Notes.ToList();
            var speed = end / watch.Elapsed.TotalSeconds;
            var scores = rules.Select(rule => NoteMatching.Measure(truth, heardNotes, rule)).ToList();
            for (var i = 0; i < rules.Length; i++) totals[i] += scores[i];
            Write(recording.Name, scores, Bias(truth, heardNotes), speed);
        }

        Write("all", totals, double.NaN, double.NaN);
        return CommandHost.Done;
    }

    private static double Bias(List<Note> truth, List<Note> heard) =>
        NoteMatching.Match(truth, heard).Select(match => heard[match.Predicted].Onset - truth[match.Truth].Onset).DefaultIfEmpty().Average() * 1000;

    private static void Write(string name, IReadOnlyList<DetectionScore> scores, double bias, double speed) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{name},{scores[0].Truth},{scores[0].Predicted},{scores[0].Precision:0.0000},{scores[0].Recall:0.0000},")
        + string.Create(CultureInfo.InvariantCulture, $"{scores[0].F1:0.0000},{scores[1].F1:0.0000},{scores[2].F1:0.0000},{bias:0.0},{speed:0}"));
}

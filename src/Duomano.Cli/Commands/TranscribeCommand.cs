using System.CommandLine;
using System.Globalization;
using Duomano.Cli.Folders;
using Duomano.CommandLine;
using Duomano.Core.Jobs;
using Duomano.Core.Music;
using Duomano.Evaluation;
using Duomano.Formats.Midi;

namespace Duomano.Cli.Commands;

/// <summary>duomano transcribe: recording to notes.</summary>
internal static class TranscribeCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "A recording: WAV, or anything ffmpeg reads; or a folder of recordings." };
        var output = new Option<string>("--output", "-o") { Description = "MIDI file to write; of a folder, the folder to write them to.", Required = true, HelpName = "OUT.mid" };
        var model = SharedOptions.Model();
        var threads = SharedOptions.Threads();
        var start = SharedOptions.Start();
        var length = SharedOptions.Length();
        var against = new Option<string?>("--against") { Description = "The notes that were really played: tells how many were heard, and the kinds of errors.", HelpName = "TRUE.mid" };
        var command = new Command("transcribe", "Write down the notes and the pedal that are heard in a recording.") { input, output, model, threads, start, length, against };
        var many = new FolderOptions("mid");
        many.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(input)!;
            var target = parsed.GetValue(output)!;
            var work = many.Parse(parsed, path, PieceKinds.Recordings, [target], against);
            if (work is null)
            {
                MusicInput.CheckMidiOutput(target);
                InputFile.Check(path);
            }

            var folder = ModelFinder.Find(parsed.GetValue(model)!);
            using var listener = MusicInput.ListenerOf(folder, SharedOptions.Usable(parsed.GetValue(threads)));
            if (work is not null)
            {
                work = work with { Files = [folder], Prepare = () => _ = listener.Value };
                return Task.FromResult(work.Run((piece, names, told) => MidiFile.Write(names[0], Hear(piece.Path, told), cancellation: cancellation), cancellation));
            }

            OutputCheck.Check([target], path, parsed.GetValue(against), folder);
            CheckSound(path);
            var truth = parsed.GetValue(against) is { } known ? MusicInput.ReadScore(known, cancellation: cancellation).Crop(parsed.GetValue(start), parsed.GetValue(length)) : null;
            var score = CommandHost.WithProgress(told => Hear(path, told));

            // The file comes last: whoever stops the program before finds nothing written.
            if (truth is not null) Compare(truth, score);
            MidiFile.Write(target, score, cancellation: cancellation);
            return Task.FromResult(CommandHost.Done);

            Score Hear(string recording, IProgress<JobProgress>? told)
            {
                CheckSound(recording);
                var job = new JobStages(told, Stages.Listening);
                var heard = MusicInput.Read(recording, parsed.GetValue(start), parsed.GetValue(length), listener, job, cancellation: cancellation).Notes;
                job.Finish();
                return heard;
            }
        });
        return command;
    }

    private static void CheckSound(string path)
    {
        if (MusicInput.HasNotes(path)) throw new ArgumentException($"{path}: has its notes in it already; transcribe takes a recording.");
    }

    private static void Compare(Score truth, Score heard)
    {
        void Write(string name, DetectionScore score) => Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{name}: F1 {score.F1:0.000} (precision {score.Precision:0.000}, recall {score.Recall:0.000})"));
        Write("notes, onset", NoteMatching.Measure(truth.Notes, heard.Notes));
        Write("notes, onset and end", NoteMatching.Measure(truth.Notes, heard.Notes, NoteMatchingRule.OnsetAndOffset));
        Write("notes, onset, end and velocity", NoteMatching.Measure(truth.Notes, heard.Notes, NoteMatchingRule.OnsetOffsetAndVelocity));
        Write("frames", NoteFrames.Measure(truth.Notes, heard.Notes));
        // MIDI files without pedal are often recordings whose pedal nobody wrote down.
        if (truth.Pedal.Count > 0) Write("pedal, frames", PedalFrames.Measure(truth.Pedal, heard.Pedal, truth.Duration));
        foreach (var line in ListeningErrors.Of(truth.Notes, heard.Notes).Describe()) Console.WriteLine(line);
    }
}

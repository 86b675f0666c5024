using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Formats.Midi;

namespace Duomano.Cli.Commands;

/// <summary>duomano transcribe: recording to notes.</summary>
internal static class TranscribeCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "A recording: WAV, or anything ffmpeg reads." };
        var output = new Option<string>("--output", "-o") { Description = "MIDI file to write.", Required = true, HelpName = "OUT.mid" };
        var model = SharedOptions.Model();
        var threads = SharedOptions.Threads();
        var start = SharedOptions.Start();
        var length = SharedOptions.Length();
        var command = new Command("transcribe", "Write down the notes that are heard in a recording.") { input, output, model, threads, start, length };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(input)!;
            var target = parsed.GetValue(output)!;
            MusicInput.CheckMidiOutput(target);
            if (MusicInput.IsMidi(path)) throw new ArgumentException($"{path}: a MIDI file has its notes already; transcribe takes a recording.");
            var (score, _) = MusicInput.Read(path, parsed.GetValue(start), parsed.GetValue(length), ModelFinder.Find(parsed.GetValue(model)!), SharedOptions.AtLeastOne(parsed.GetValue(threads)));
            MidiFile.Write(target, score);
            return CommandHost.Done;
        });
        return command;
    }
}

using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Scores;
using Spectre.Console;

namespace Duomano.Cli.Commands;

/// <summary>duomano info: what is in a file or folder.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("FILE|DIR") { Description = "A motion, MIDI file, MusicXML score, recording, weight file, dataset or model directory." };
        var hand = SharedOptions.Hand();
        var command = new Command("info", "Tell what is in a motion, MIDI, MusicXML, audio or weight file, a dataset or a model.") { target, hand };
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(target)!;
            var chosen = HandChoice.Parse(parsed.GetValue(hand));
            var lines = CommandHost.LeftWhenStopped(() => (Directory.Exists(path) ? FolderInfo.Of(path) : OfFile(path, chosen, cancellation)).ToList(), cancellation);
            foreach (var (name, value) in lines)
            {
                Console.Out.WriteLine($"{name + ":",-14} {value}");
            }

            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private static IEnumerable<(string Name, string Value)> OfFile(string path, HandChoice? hand, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: there is no such file or folder.");
        if (ScoreFile.HasNotes(path)) return ScoreFile.KindOf(path) == MusicKind.MusicXml || ScoreFile.IsMusicXmlName(path) ? FileInfos.OfScore(path) : FileInfos.OfMidi(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".NPZ" or ".JSON" => FileInfos.OfMotion(path, hand),
            ".PKL" => FileInfos.OfMano(path),
            ".SAFETENSORS" => FileInfos.OfSafetensors(path),
            ".CKPT" or ".PT" or ".PTH" or ".BIN" => FileInfos.OfCheckpoint(path),
            ".GLB" or ".CSV" or ".PNG" or ".HTML" => throw new UnreadableFileException(path, "", "info reads .npz and .json motions, MIDI, MusicXML, recordings, .safetensors, PyTorch checkpoints and MANO hands (.pkl), not this kind"),
            _ => FileInfos.OfAudio(path, cancellation),
        };
    }
}

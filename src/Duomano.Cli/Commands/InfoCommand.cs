using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Avatars;
using Duomano.Formats.Scores;
using Spectre.Console;

namespace Duomano.Cli.Commands;

/// <summary>duomano info: what is in a file or folder.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("FILE|DIR") { Description = "A motion, MIDI file, MusicXML score, recording, rig, weight file, dataset or model directory, or the folder of outputs of a folder of pieces." };
        var hand = SharedOptions.Hand();
        var bonesFile = new Option<string?>("--bones") { Description = "Of a rig: which node is which bone, a JSON object such as {\"leftHand\": \"hand.L\"} with the bones of VRM 1.0; the others are found.", HelpName = "FILE.json" };
        var command = new Command("info", "Tell what is in a motion, MIDI, MusicXML, audio, rig or weight file, a dataset or a model.") { target, hand, bonesFile };
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(target)!;
            var chosen = HandChoice.Parse(parsed.GetValue(hand));
            var lines = CommandHost.LeftWhenStopped(() => (Directory.Exists(path) ? FolderInfo.Of(path) : OfFile(path, chosen, parsed.GetValue(bonesFile), cancellation)).ToList(), cancellation);
            foreach (var (name, value) in lines)
            {
                Console.Out.WriteLine($"{name + ":",-14} {value}");
            }

            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private static IEnumerable<(string Name, string Value)> OfFile(string path, HandChoice? hand, string? bones, CancellationToken cancellation)
    {
        if (bones is not null && !RigFile.IsName(path)) throw new ArgumentException("--bones is for rigs (.glb, .gltf, .vrm).");
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: there is no such file or folder.");
        if (ScoreFile.HasNotes(path)) return ScoreFile.KindOf(path) == MusicKind.MusicXml || ScoreFile.IsMusicXmlName(path) ? FileInfos.OfScore(path) : FileInfos.OfMidi(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".NPZ" or ".JSON" => FileInfos.OfMotion(path, hand),
            ".PKL" => FileInfos.OfMano(path),
            ".SAFETENSORS" => FileInfos.OfSafetensors(path),
            ".CKPT" or ".PT" or ".PTH" or ".BIN" => FileInfos.OfCheckpoint(path),
            ".GLB" or ".GLTF" or ".VRM" => FileInfos.OfRig(path, bones),
            ".CSV" or ".PNG" or ".HTML" => throw new UnreadableFileException(path, "", "info reads .npz and .json motions, MIDI, MusicXML, recordings, .safetensors, PyTorch checkpoints, MANO hands (.pkl) and rigs (.glb, .gltf, .vrm), not this kind"),
            _ => FileInfos.OfAudio(path, cancellation),
        };
    }
}

using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Formats.Motion;

namespace Duomano.Cli.Commands;

/// <summary>duomano convert: a motion that is there already becomes any other format.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var motion = new Argument<string>("MOTION") { Description = "A motion file (.npz or .json)." };
        var outputs = SharedOptions.Outputs();
        var notes = new Option<string?>("--notes") { Description = "The notes that are played, for keys, pages, pictures and videos; those in the motion file if not given.", HelpName = "FILE.mid" };
        var hand = SharedOptions.Hand();
        var threads = SharedOptions.Threads();
        var view = SharedOptions.View();
        var bvhScale = SharedOptions.BvhScale();
        var bvhHands = SharedOptions.BvhHands();
        var soundFont = SharedOptions.SoundFont();
        var sound = SharedOptions.Sound();
        var command = new Command("convert", "Write an existing motion in other formats.") { motion, outputs, notes, hand, threads, view, soundFont, sound, bvhScale, bvhHands };
        command.SetAction((parsed, cancellation) =>
        {
            var path = InputFile.Check(parsed.GetValue(motion)!);
            var notesPath = InputFile.CheckIfGiven(parsed.GetValue(notes));
            var writers = new MotionOutputs(
                parsed.GetValue(outputs)!, [path, notesPath, parsed.GetValue(sound), parsed.GetValue(soundFont), HandChoice.FileOf(parsed.GetValue(hand))],
                new(parsed.GetValue(bvhScale), parsed.GetValue(bvhHands)));
            var show = ShowChoice.Parse(parsed.GetValue(view), parsed.GetValue(soundFont), parsed.GetValue(sound));
            var choice = HandChoice.Parse(parsed.GetValue(hand));
            var clip = CommandHost.LeftWhenStopped(() => Read(path, choice), cancellation);
            var score = new Score(clip.Notes, clip.Pedal);
            if (notesPath is not null)
            {
                score = MusicInput.ReadScore(notesPath, cancellation: cancellation);

                // Hands and fingers that the MIDI file does not tell are those of the same notes in the motion.
                clip = new(clip.Hands, clip.Skeletons, clip.Fps, GivenFingering.Apply(score.Notes, clip.Notes).Notes) { Pedal = score.Pedal.Count > 0 ? score.Pedal : clip.Pedal };
            }

            CommandHost.WithProgress(told =>
            {
                writers.Write(clip, new(score, notesPath ?? path, 0, null, SharedOptions.Usable(parsed.GetValue(threads)), show), new(told, [.. writers.Stages]), cancellation);
                return true;
            });
            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private static TwoHandClip Read(string path, HandChoice? hand)
    {
        if (!MotionFile.ReadableExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"{path}: is no motion; the name should end in one of {string.Join(" ", MotionFile.ReadableExtensions)}.");
        }

        var clip = hand is null ? MotionFile.Read(path) : hand.Read(path);
        return clip.FrameCount > 0 ? clip : throw new UnreadableFileException(path, "", "has no frames");
    }
}

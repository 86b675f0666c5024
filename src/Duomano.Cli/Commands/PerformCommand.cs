using System.CommandLine;
using Duomano.Cli.Folders;
using Duomano.CommandLine;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Performing;

namespace Duomano.Cli.Commands;

/// <summary>duomano perform: the kinematic pianist alone, no network.</summary>
internal static class PerformCommand
{
    // The share of the work that is done when every note has a finger.
    private const double Fingered = 0.15;

    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "A MIDI file or a MusicXML score, or a folder of them." };
        var outputs = SharedOptions.Outputs();
        var handSize = SharedOptions.HandSize();
        var hand = SharedOptions.Hand();
        var avatar = new AvatarOptions();
        var style = new StyleOptions(byNetwork: false);
        var seed = SharedOptions.Seed();
        var start = SharedOptions.Start();
        var length = SharedOptions.Length();
        var fingering = SharedOptions.Fingering();
        var tracks = SharedOptions.Tracks();
        var notes = new Option<string?>("--notes") { Description = "Also write the notes that are played, with hands and fingers.", HelpName = "OUT.mid" };
        var threads = SharedOptions.Threads();
        var view = SharedOptions.View();
        var bvhScale = SharedOptions.BvhScale();
        var bvhHands = SharedOptions.BvhHands();
        var soundFont = SharedOptions.SoundFont();
        var sound = SharedOptions.Sound();
        var many = new FolderOptions([.. MotionOutputs.Extensions, PieceOutputs.NotesExtension]);
        var command = new Command("perform", "Let the kinematic pianist play a MIDI file or a score; no network is asked.")
        {
            input, outputs, handSize, hand, seed, start, length, fingering, tracks, notes, threads, view, soundFont, sound, bvhScale, bvhHands,
        };
        style.AddTo(command);
        avatar.AddTo(command);
        many.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var threadCount = SharedOptions.Usable(parsed.GetValue(threads));
            var path = parsed.GetValue(input)!;
            var work = many.Parse(parsed, path, PieceKinds.Notes, parsed.GetValue(outputs)!, sound, fingering, notes);
            if (work is null) InputFile.Check(path);
            if (parsed.GetValue(notes) is { } notesPath) MusicInput.CheckMidiOutput(notesPath);
            string?[] read = [parsed.GetValue(sound), parsed.GetValue(soundFont), parsed.GetValue(fingering), HandChoice.FileOf(parsed.GetValue(hand)), .. avatar.Files(parsed), style.File(parsed)];
            var bvh = new BvhChoice(parsed.GetValue(bvhScale), parsed.GetValue(bvhHands));
            var single = work is null ? PieceOutputs.Named(parsed.GetValue(outputs)!, parsed.GetValue(notes), [path, .. read], bvh) : OutputsOf(path, work.Examples);
            var show = ShowChoice.Parse(parsed.GetValue(view), parsed.GetValue(soundFont), parsed.GetValue(sound), avatar.IsGiven(parsed));
            var manner = style.Parse(parsed, parsed.GetValue(seed));
            var touch = manner.Touch;
            var chosen = HandChoice.Parse(parsed.GetValue(hand), parsed.GetResult(handSize));
            if (chosen is not null) touch = touch with { HandSize = chosen.Size };
            if (parsed.GetResult(handSize) is { Implicit: false }) touch = touch with { HandSize = parsed.GetValue(handSize) };
            var who = avatar.Parse(parsed, chosen, parsed.GetValue(handSize), work?.Examples ?? parsed.GetValue(outputs)!, parsed.GetResult(hand), parsed.GetResult(handSize));
            if (who is not null)
            {
                touch = touch with { HandSize = who.HandSize };
                CommandHost.Say(who.Describe());
            }

            var given = parsed.GetValue(fingering) is { } table ? GivenFingers.Read(table, cancellation) : null;
            if (work is not null) work = work with { Files = [.. read.OfType<string>()] };
            return Task.FromResult(PieceOutputs.Run(work, path, single, OutputsOf, Make, cancellation));

            PieceOutputs OutputsOf(string source, string[] names) => PieceOutputs.Sorted(names, [source, .. read], bvh);

            void Make(string source, PieceOutputs writers, IProgress<JobProgress>? told)
            {
                var score = MusicInput.ReadScore(source, parsed.GetValue(start), parsed.GetValue(length), parsed.GetValue(tracks), cancellation);
                score = GivenFingers.Apply(score, given, parsed.GetValue(start), parsed.GetValue(length));
                var job = new JobStages(told, [Stages.Performing, .. writers.Motion.Stages]);
                var stage = job.Begin(Stages.Performing.Name);
                var plan = FingeringPlanner.Plan(score.Notes, new() { HandSize = touch.HandSize, Lacking = HandSkeleton.LackingOf(who?.Skeletons) }, stage.Part(0, Fingered), cancellation);
                var performance = KinematicPianist.Perform(plan.Notes, touch, score.Notes.Count > 0 ? score.Duration + MusicInput.Tail : parsed.GetValue(length) ?? MusicInput.Tail, hands: who?.Skeletons ?? chosen?.Skeletons, progress: stage.Part(Fingered, 1), cancellation: cancellation);
                UnplayedWarning.Say(performance.Unplayed.Select(unplayed => unplayed.Note), score.Notes.Count);
                OtherFingersWarning.Say(score.Notes, performance.Clip.Notes);
                writers.Write(performance.Clip, new(score, source, parsed.GetValue(start), parsed.GetValue(length), threadCount, show, touch, who, manner.Body), job, cancellation);
            }
        });
        return command;
    }
}

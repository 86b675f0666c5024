using System.CommandLine;
using System.Diagnostics;
using Duomano.Cli.Folders;
using Duomano.CommandLine;
using Duomano.Core.Jobs;
using Duomano.Inference;
using Duomano.Inference.Models;

namespace Duomano.Cli.Commands;

/// <summary>duomano generate: the main job.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "A MIDI file, a MusicXML score, or a recording: WAV, MP3, Ogg, or any other that ffmpeg reads; or a folder of them." };
        var outputs = SharedOptions.Outputs();
        var seed = SharedOptions.Seed();
        var steps = SharedOptions.Steps();
        var sampler = SharedOptions.Sampler();
        var temperature = SharedOptions.Temperature();
        var guidance = SharedOptions.Guidance();
        var precision = SharedOptions.Precision();
        var model = SharedOptions.Model();
        var handSize = SharedOptions.HandSize();
        var hand = SharedOptions.Hand();
        var avatar = new AvatarOptions();
        var style = new StyleOptions(byNetwork: true);
        var threads = SharedOptions.Threads();
        var view = SharedOptions.View();
        var bvhScale = SharedOptions.BvhScale();
        var bvhHands = SharedOptions.BvhHands();
        var soundFont = SharedOptions.SoundFont();
        var sound = SharedOptions.Sound();
        var start = SharedOptions.Start();
        var length = SharedOptions.Length();
        var fingering = SharedOptions.Fingering();
        var tracks = SharedOptions.Tracks();
        var noContact = new Option<bool>("--no-contact") { Description = "Leave the network's motion as it is instead of putting the fingers on their keys." };
        var notes = new Option<string?>("--notes") { Description = "Also write the notes that are played, with hands and fingers.", HelpName = "OUT.mid" };
        var many = new FolderOptions([.. MotionOutputs.Extensions, PieceOutputs.NotesExtension]);
        var command = new Command("generate", "Make the two hands that play a recording, a MIDI file or a score.")
        {
            input, outputs, seed, steps, sampler, temperature, guidance, precision, model, handSize, hand, threads, start, length, fingering, tracks, noContact, notes, view, soundFont, sound, bvhScale, bvhHands,
        };
        style.AddTo(command);
        avatar.AddTo(command);
        many.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(input)!;
            var work = many.Parse(parsed, path, PieceKinds.Notes | PieceKinds.Recordings, parsed.GetValue(outputs)!, sound, fingering, notes);
            if (work is null) InputFile.Check(path);
            if (parsed.GetValue(notes) is { } notesPath) MusicInput.CheckMidiOutput(notesPath);
            var folder = ModelFinder.Find(parsed.GetValue(model)!);
            string?[] read = [parsed.GetValue(sound), parsed.GetValue(soundFont), parsed.GetValue(fingering), HandChoice.FileOf(parsed.GetValue(hand)), .. avatar.Files(parsed), style.File(parsed), folder];
            var bvh = new BvhChoice(parsed.GetValue(bvhScale), parsed.GetValue(bvhHands));
            var single = work is null ? PieceOutputs.Named(parsed.GetValue(outputs)!, parsed.GetValue(notes), [path, .. read], bvh) : OutputsOf(path, work.Examples);
            var show = ShowChoice.Parse(parsed.GetValue(view), parsed.GetValue(soundFont), parsed.GetValue(sound), avatar.IsGiven(parsed));
            var chosen = HandChoice.Parse(parsed.GetValue(hand), parsed.GetResult(handSize));
            var who = avatar.Parse(parsed, chosen, parsed.GetValue(handSize), work?.Examples ?? parsed.GetValue(outputs)!, parsed.GetResult(hand), parsed.GetResult(handSize));
            if (who is not null) CommandHost.Say(who.Describe());
            var manner = style.Parse(parsed, parsed.GetValue(seed));
            var options = manner.Of(new()
            {
                Seed = parsed.GetValue(seed),
                Steps = parsed.GetValue(steps),
                Temperature = parsed.GetValue(temperature),
                Guidance = parsed.GetValue(guidance),
                Sampler = parsed.GetValue(sampler) is { } name ? Samplers.Parse(name) : null,
                HandSize = who?.HandSize ?? chosen?.Size ?? parsed.GetValue(handSize),
                OwnHands = who?.Skeletons ?? chosen?.Skeletons,
                Contact = !parsed.GetValue(noContact),
            });
            var threadCount = SharedOptions.Usable(parsed.GetValue(threads));
            var given = parsed.GetValue(fingering) is { } table ? GivenFingers.Read(table, cancellation) : null;
            using var listener = MusicInput.ListenerOf(folder, threadCount);
            using var generator = new OnDemand<MotionGenerator>(() => MotionGenerator.Load(folder, threadCount, parsed.GetValue(precision)));
            if (work is not null) work = work with { Files = [.. read.OfType<string>()], Prepare = () => _ = generator.Value };
            return Task.FromResult(PieceOutputs.Run(work, path, single, OutputsOf, Make, cancellation));

            PieceOutputs OutputsOf(string source, string[] names) => PieceOutputs.Sorted(names, [source, .. read], bvh);

            void Make(string source, PieceOutputs writers, IProgress<JobProgress>? told)
            {
                var job = new JobStages(told, [MusicInput.StageOf(source), Stages.Generating(options.Contact), .. writers.Motion.Stages]);
                var music = MusicInput.Read(
                    source, parsed.GetValue(start), parsed.GetValue(length), listener, job,
                    withSound: ModelConfig.Read(folder).TakesSound, soundFont: parsed.GetValue(soundFont), tracks: parsed.GetValue(tracks), cancellation: cancellation);
                // The memory that one recording was heard in is there for its motion.
                if (work is null) listener.Dispose();
                music = music with { Notes = GivenFingers.Apply(music.Notes, given, parsed.GetValue(start), parsed.GetValue(length)) };
                var (score, duration) = music;

                var watch = Stopwatch.StartNew();
                var result = generator.Value.Generate(music, options, job.BeginGenerating(options.Contact), cancellation);
                UnplayedWarning.Say(result.Unplayed, score.Notes.Count);
                OtherFingersWarning.Say(score.Notes, result.Clip.Notes);
                CommandHost.Say($"{duration:0.0} s of music in {watch.Elapsed.TotalSeconds:0.0} s");
                writers.Write(
                    result.Clip, new(score, source, parsed.GetValue(start), parsed.GetValue(length), threadCount, show, Avatar: who, BodyStyle: manner.Body), job, cancellation);
            }
        });
        return command;
    }
}

using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Duomano.Cli.Folders;
using Duomano.Cli.Watching;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Formats.MusicXml;
using Duomano.Formats.Scores;
using Duomano.Formats.Video;
using Duomano.Rendering.Video;
using Duomano.Vision.Hands;
using Duomano.Vision.Watching;

namespace Duomano.Cli.Commands;

/// <summary>duomano watch: a pianist who was filmed from above, as motion, notes and fingering.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "A video that shows the keys and both hands from above, or a folder of such videos; or a picture (with --json)." };
        var outputs = new Option<string[]>("--output", "-o")
        {
            Description = "File to write; its extension says what: motion (.glb .html .bvh .npz .json .csv .png .mp4), the notes with hands and fingers (.mid), a table of them (.tsv) or, of a score given with --notes, the score with its fingers (.mxl .musicxml). May be given several times.",
            HelpName = "OUT",
        };
        var notes = new Option<string?>("--notes") { Description = "The notes that are played (MIDI or MusicXML); when they begin in the video is found out. Without it they are heard in the video's own sound; of a folder's videos they are those of the MIDI file or score of the same name.", HelpName = "FILE" };
        var corners = new Option<string[]>("--corners") { Description = "Where the keys are, in pixels: their far left, far right, near right and near left corner as whoever plays sees them.", Arity = new ArgumentArity(4, 4), AllowMultipleArgumentsPerToken = true, HelpName = "x,y x,y x,y x,y" };
        var lowest = Key("--lowest-key", "The lowest key that is in the picture, or between the corners, such as C2; found out if not given, or A0 with --corners.");
        var highest = Key("--highest-key", "The highest key between the corners; C8 if not given.");
        var handSize = NumberOption.Optional<float>("--hand-size", "Size of the hands, times the usual; measured if not given.", HandSkeleton.SmallestSize, HandSkeleton.LargestSize);
        var mirrored = new Option<bool>("--mirrored") { Description = "The video shows everything as a mirror does: left and right change places." };
        var overlay = new Option<string?>("--overlay") { Description = "Also write the video with what was seen drawn over it.", HelpName = "OUT.mp4" };
        var json = new Option<string?>("--json") { Description = "Of a picture: the keyboard's corners and each hand's side, score and 21 points, in pixels.", HelpName = "FILE" };
        var (start, length, model, threads) = (SharedOptions.Start(), SharedOptions.Length(), SharedOptions.Model(), SharedOptions.Threads());
        var (view, soundFont, bvhScale, bvhHands) = (SharedOptions.View(), SharedOptions.SoundFont(), SharedOptions.BvhScale(), SharedOptions.BvhHands());
        var avatar = new AvatarOptions();
        var command = new Command("watch", "Watch a pianist who was filmed from above: motion, notes and fingering of a video.")
        {
            input, outputs, notes, corners, lowest, highest, handSize, mirrored, overlay, json, start, length, model, threads, view, soundFont, bvhScale, bvhHands,
        };
        var many = new FolderOptions([.. MotionOutputs.Extensions, ".mid", ".tsv"]);
        avatar.AddTo(command);
        many.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(input)!;
            var work = many.Parse(parsed, path, PieceKinds.Videos, parsed.GetValue(outputs) ?? [], notes, overlay, json);
            if (work is null) InputFile.Check(path);
            var options = new WatchOptions
            {
                Corners = Corners(parsed.GetValue(corners)),
                LowestKey = parsed.GetValue(lowest),
                HighestKey = parsed.GetValue(highest),
                HandSize = parsed.GetValue(handSize),
                Mirrored = parsed.GetValue(mirrored),
                Start = parsed.GetValue(start),
                Length = parsed.GetValue(length),
                Threads = SharedOptions.Usable(parsed.GetValue(threads)),
            };
            if (options is { HighestKey: not null, Corners: null }) throw new ArgumentException("--highest-key says which key is at the treble's corners: give --corners with it.");
            if (work is null && VideoReader.IsPicture(path))
            {
                if (options.Mirrored) throw new ArgumentException("--mirrored is for videos; a picture's points are told in its own pixels.");
                if (parsed.GetValue(outputs) is { Length: > 0 } || parsed.GetValue(overlay) is not null) throw new ArgumentException($"{path}: is a picture, which has no motion: what is seen in it is written by --json FILE.");
                var target = parsed.GetValue(json) ?? throw new ArgumentException($"{path}: is a picture; give --json FILE for what is seen in it.");
                OutputCheck.Check([target], path);
                CommandHost.Say(PictureSight.Write(path, target, options.Corners is { } places ? SeenKeyboard.FromCorners(places, options.LowestKey, options.HighestKey) : null, options.Threads, cancellation));
                return Task.FromResult(CommandHost.Done);
            }

            if (parsed.GetValue(json) is not null) throw new ArgumentException("--json is for pictures; of a video, -o says what to write.");
            var single = Sort(work?.Examples ?? parsed.GetValue(outputs) ?? [], parsed.GetValue(notes));
            if (single.Motion.Length + single.Notes.Length == 0 && parsed.GetValue(overlay) is null) throw new ArgumentException("Give -o OUT for the motion, the notes or the fingering, or --overlay OUT.mp4.");
            if (parsed.GetValue(overlay) is { } drawn && !drawn.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase)) throw new ArgumentException($"{drawn}: the overlay is a video; the name should end in .mp4.");
            var folder = parsed.GetValue(notes) is null ? ModelFinder.Find(parsed.GetValue(model)!) : null;
            string?[] read = [parsed.GetValue(notes), parsed.GetValue(soundFont), .. avatar.Files(parsed), folder];
            var writers = WritersOf(path, single);
            BundledNetworks.EnsureAvailable(path);
            var show = ShowChoice.Parse(parsed.GetValue(view), parsed.GetValue(soundFont), null, avatar.IsGiven(parsed));
            var who = avatar.Parse(parsed, null, 1, single.Motion);
            if (who is not null) CommandHost.Say(who.Describe());
            using var listener = folder is null ? null : MusicInput.ListenerOf(folder, options.Threads);
            if (work is not null)
            {
                work = work with { Files = [.. read.OfType<string>()], Beside = piece => FilmedPieces.NotesOf(piece.Path) is { } beside ? [beside] : [] };
                return Task.FromResult(work.Run((piece, names, told) =>
                {
                    var sorted = Sort(names, null);
                    Make(piece.Path, FilmedPieces.NotesOf(piece.Path), sorted.Notes, WritersOf(piece.Path, sorted), told, CommandHost.Say);
                }, cancellation));
            }

            CommandHost.WithProgress(told =>
            {
                Make(path, parsed.GetValue(notes), single.Notes, writers, told, Console.Out.WriteLine);
                return true;
            });
            return Task.FromResult(CommandHost.Done);

            MotionOutputs WritersOf(string source, (string[] Motion, string[] Notes) names) =>
                new(names.Motion, [source, .. read], new(parsed.GetValue(bvhScale), parsed.GetValue(bvhHands)), [.. names.Notes, parsed.GetValue(overlay)]);

            void Make(string source, string? notesFile, string[] written, MotionOutputs writers, IProgress<JobProgress>? told, Action<string> report)
            {
                var given = notesFile is null ? null : MusicInput.ReadScore(notesFile, cancellation: cancellation);
                var hasSound = AudioFile.HasSound(source);
                var hears = given is null && hasSound;
                var job = new JobStages(told, [.. hears ? [Stages.Listening] : Array.Empty<JobStage>(), Stages.Looking, Stages.SolvingSeen, .. writers.Stages]);
                var score = given ?? (hears ? MusicInput.Read(source, options.Start, options.Length, listener!, job, cancellation: cancellation).Notes : new Score([]));
                if (given is null && !hasSound) CommandHost.Say($"{source}: has no sound, so its notes are not known; --notes FILE gives them");
                var seen = VideoWatcher.See(source, options, job.Begin(Stages.Looking.Name), cancellation);
                if (seen.Problem is { } problem) CommandHost.Say($"{source}: read up to {seen.Duration:0.0} s ({problem})");
                var made = VideoWatcher.Solve(source, seen, score, hears, options, job.Begin(Stages.SolvingSeen.Name), cancellation);
                var piece = new PlayedPiece(made.Score, source, options.Start, options.Length, options.Threads, show, Avatar: who) { IsSilent = !hasSound };
                writers.Write(who?.Onto(made.Clip, options.Threads, cancellation) ?? made.Clip, piece, job, cancellation, [.. written.Select(to => (to, (Action<string>)(name => Write(name, made, notesFile, cancellation)))), .. Overlay(parsed.GetValue(overlay), source, made, options, hasSound, cancellation)]);
                foreach (var line in WatchReport.Lines(made, hears)) report(line);
            }
        });
        return command;
    }

    private static Option<PianoKey?> Key(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "KEY",
        CustomParser = given =>
        {
            if (given.Tokens.Count == 1 && PianoKey.TryParse(given.Tokens[0].Value, out var key)) return key;
            given.AddError($"{name} is a key of the piano such as C2 or F#3, or its MIDI number, 21 to 108, not '{(given.Tokens.Count == 1 ? given.Tokens[0].Value : "")}'.");
            return null;
        },
    };

    private static Vector2[]? Corners(string[]? words)
    {
        if (words is not { Length: > 0 }) return null;
        return Array.ConvertAll(words, word =>
        {
            var parts = word.Split(',');
            return parts.Length == 2 && float.TryParse(parts[0], CultureInfo.InvariantCulture, out var x) && float.TryParse(parts[1], CultureInfo.InvariantCulture, out var y) && float.IsFinite(x) && float.IsFinite(y) ? new Vector2(x, y)
                : throw new ArgumentException($"--corners are four places x,y in pixels, such as 40,200; '{word}' is none.");
        });
    }

    // Files of motion, and those of notes.
    private static (string[] Motion, string[] Notes) Sort(string[] outputs, string? given)
    {
        var written = outputs.Where(path => MusicInput.IsMidiName(path) || path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || ScoreFile.IsMusicXmlName(path)).ToArray();
        foreach (var path in written.Where(ScoreFile.IsMusicXmlName))
        {
            if (given is null || ScoreFile.KindOf(InputFile.Check(given)) != MusicKind.MusicXml) throw new ArgumentException($"{path}: a score with fingers is made of the MusicXML score that --notes gives; .tsv and .mid are written of everything.");
        }

        return ([.. outputs.Except(written)], written);
    }

    private static void Write(string path, WatchedVideo watched, string? given, CancellationToken cancellation)
    {
        if (ScoreFile.IsMusicXmlName(path)) MusicXmlFile.WriteFingering(given!, path, Whole(MusicInput.ReadScore(given!, say: _ => { }, cancellation: cancellation), watched));
        else if (MusicInput.IsMidiName(path)) MidiFile.Write(path, watched.Score, cancellation: cancellation);
        else FingeringTable.WriteSeen(path, watched.Notes.Select(note => (note.Note, note.Confidence)), cancellation);
    }

    // All notes of a score, those with their fingers that are in the video.
    private static Note[] Whole(Score score, WatchedVideo watched)
    {
        const double SameOnset = 1e-4;
        var seen = watched.Score.Notes.ToLookup(note => note.Key);
        return [.. score.Notes.Select(note => seen[note.Key].Where(other => Math.Abs(other.Onset - watched.Shift - note.Onset) < SameOnset)
            .Select(other => note with { Hand = other.Hand, Finger = other.Finger }).FirstOrDefault(note))];
    }

    private static IEnumerable<(string Path, Action<string> Write)> Overlay(string? path, string source, WatchedVideo watched, WatchOptions options, bool hasSound, CancellationToken cancellation)
    {
        if (path is null) yield break;
        var overlay = new SeenOverlay(watched);
        yield return (path, to => MarkedVideo.Write(to, source, VideoWatcher.Reading(options), watched.Seen.Hands.Count, hasSound, overlay.At, cancellation: cancellation));
    }
}

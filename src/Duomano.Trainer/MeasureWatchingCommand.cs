using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Evaluation;
using Duomano.Formats.Scores;
using Duomano.Rendering.Video;
using Duomano.Trainer.Filming;
using Duomano.Vision.Watching;

namespace Duomano.Trainer;

/// <summary><c>duomano-train measure-watching</c>: how well motion and fingers are read from films of performances that are known.</summary>
internal static class MeasureWatchingCommand
{
    private static readonly Argument<FileInfo[]> Notes = new("NOTES") { Description = "MIDI files or scores that the kinematic pianist plays.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<DirectoryInfo> Films = new("--films") { Description = "Folder for the films; those that are there are watched again.", Required = true };
    private static readonly Option<double> Seconds = NumberOption.Of("--length", "Seconds of each piece.", 20.0, 2, 600);
    private static readonly Option<double> Start = NumberOption.Of("--start", "Where in each piece to begin, seconds.", 0.0, 0);
    private static readonly Option<int> Threads = NumberOption.Of("--threads", "Threads to compute with.", Environment.ProcessorCount, 1);
    private static readonly Option<long> Seed = NumberOption.Of("--seed", "Decides how the pianist moves.", 1L);

    public static Command Create()
    {
        var command = new Command("measure-watching", "Film performances from several sides and in several lights, watch the films, and compare motion, fingers and hand sizes with the true ones.") { Notes, Films, Seconds, Start, Threads, Seed };
        command.SetAction((arguments, cancellation) => Task.FromResult(Measure(arguments, cancellation)));
        return command;
    }

    private static int Measure(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(Films).FullName;
        Directory.CreateDirectory(folder);
        var (threads, length) = (arguments.GetValue(Threads), arguments.GetValue(Seconds));
        Console.WriteLine("piece\tview\thands seen\tcamera m (true)\thand size (true)\tfinger lengths off\tfingertips mm x/y/z\twrists mm x/y/z\tfingers\tsure\ttimes real time");
        var (all, agreed) = (new List<MedianDifference>(), default(HandFingerAgreement));
        var random = new SeededRandom(arguments.GetValue(Seed));
        foreach (var file in arguments.GetRequiredValue(Notes))
        {
            foreach (var view in FilmView.All)
            {
                cancellation.ThrowIfCancellationRequested();
                var score = ScoreFile.Read(file.FullName, null, cancellation).Score.Crop(arguments.GetValue(Start), length);
                var style = PerformanceStyle.Random(random) with { HandSize = (float)random.Uniform(0.88, 1.12) };
                // People's fingers differ by about 4 % from the usual ones.
                var hand = HandSkeleton.Create(HandSide.Right, style.HandSize, fingerLengths: [.. Fingers.All.Select(_ => Math.Clamp(1 + 0.04f * (float)random.NextGaussian(), 0.9f, 1.1f))]);
                var plan = FingeringPlanner.Plan(score.Notes, new() { HandSize = style.HandSize }, cancellation: cancellation);
                var truth = KinematicPianist.Perform(plan.Notes, style, length, hands: new(hand.Mirrored(), hand), cancellation: cancellation).Clip;
                var path = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file.Name)} {view.Name}.mp4");
                if (!File.Exists(path)) PerformanceVideo.Write(path, truth, new() { Camera = view.Camera, Develop = view.Develop(1), Threads = threads }, cancellation: cancellation);
                var name = $"{Path.GetFileNameWithoutExtension(file.Name)}\t{view.Name}";
                try
                {
                    var clock = Stopwatch.StartNew();
                    var options = new WatchOptions { Threads = threads };
                    var seen = VideoWatcher.See(path, options, cancellation: cancellation);
                    var watched = VideoWatcher.Solve(path, seen, new Score(truth.Notes.Select(note => note with { Hand = null, Finger = null })), false, options, cancellation: cancellation);
                    var took = clock.Elapsed.TotalSeconds;
                    var difference = MedianDifference.Measure(truth, watched.Clip);
                    var fingers = Agreement(truth.Notes, watched);
                    all.Add(difference);
                    agreed += fingers;
                    var share = seen.Hands.Average(both => (both.Left is null ? 0 : 0.5) + (both.Right is null ? 0 : 0.5));
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{name}\t{share:0.000}\t{watched.Camera.Height:0.00} ({view.Camera.Eye.Y:0.00})\t{watched.HandSize:0.00} ({style.HandSize:0.00})\t{FingersOff(hand, watched.Clip.Skeletons.Right):0.000} ({FingersOff(hand, HandSkeleton.Create(HandSide.Right)):0.000} if usual)\t{Millimetres(difference.Fingertips)}\t{Millimetres(difference.Wrists)}\t{fingers.Fingers.Share:0.000}\t{watched.Notes.Average(note => note.Confidence):0.00}\t{seen.Duration / took:0.0}"));
                }
                catch (UnreadableFileException error)
                {
                    Console.WriteLine($"{name}\t{error.Message}");
                }
            }
        }

        if (all.Count > 0) Console.WriteLine($"all\tmean of {all.Count}\t\t\t\t\t{Millimetres(Mean(all, one => one.Fingertips))}\t{Millimetres(Mean(all, one => one.Wrists))}\t{agreed.Fingers.Share.ToString("0.000", CultureInfo.InvariantCulture)}\t\t");
        return CommandHost.Done;
    }

    // Of the notes that were found in the film; a shift may move the first or the last one out of it.
    private static HandFingerAgreement Agreement(IReadOnlyList<Note> truth, WatchedVideo watched)
    {
        const double SameOnset = 0.02;
        var pairs = watched.Notes.Select(seen => seen.Note)
            .Select(note => (Seen: note, True: truth.Where(other => other.Key == note.Key && Math.Abs(other.Onset + watched.Shift - note.Onset) < SameOnset).Select(other => (Note?)other).FirstOrDefault()))
            .Where(pair => pair.True is not null).ToList();
        return HandFingerAgreement.Measure([.. pairs.Select(pair => pair.True!.Value)], [.. pairs.Select(pair => pair.Seen)]);
    }

    // Root mean square of the fingers' lengths beside one another.
    private static double FingersOff(HandSkeleton truth, HandSkeleton found)
    {
        double[] ratios = [.. truth.FingerLengths.Zip(found.FingerLengths, (a, b) => (double)b / a)];
        return Math.Sqrt(ratios.Average(ratio => Math.Pow(ratio / ratios.Average() - 1, 2)));
    }

    private static Vector3 Mean(List<MedianDifference> all, Func<MedianDifference, Vector3> part) => all.Aggregate(Vector3.Zero, (sum, one) => sum + part(one)) / all.Count;

    private static string Millimetres(Vector3 metres) => string.Create(CultureInfo.InvariantCulture, $"{1000 * metres.X:0.0} {1000 * metres.Y:0.0} {1000 * metres.Z:0.0}");
}

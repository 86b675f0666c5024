using Duomano.Core.Contact;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Formats.Video;
using Duomano.Vision.Hands;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Watching;

/// <summary>Watches a pianist who is filmed from above: from a video to motion, in two steps, between which somebody tells which notes it has.</summary>
public static class VideoWatcher
{
    // Larger pictures tell no more of hands.
    private const int LongestSide = 1920;

    // What the solution takes of the time; finding out who played what is quick.
    private const double Solving = 0.05;

    // Sound and pictures of one file are apart by so much at most, and by less than this where they are in time, seconds.
    private const double SoundShift = 0.3, InTime = 0.08;

    // Notes that fit worse than this are not those of the video.
    private const double LeastFit = 0.1;

    /// <summary>Which pictures are looked at.</summary>
    public static VideoReadOptions Reading(WatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new() { Fps = options.Fps, LongestSide = LongestSide, Mirrored = options.Mirrored, Start = options.Start, Length = options.Length };
    }

    /// <summary>Looks at all pictures.</summary>
    /// <param name="path">The video.</param>
    /// <param name="options">How, and what is known.</param>
    /// <param name="progress">Told the share that is done, as far as the video says how long it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">There are no pictures, no keyboard or no hands in it.</exception>
    /// <exception cref="InvalidOperationException">The networks or ffmpeg are missing.</exception>
    public static SeenVideo See(string path, WatchOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        BundledNetworks.EnsureAvailable(path);
        var whole = VideoReader.Seconds(path, cancellation);
        var length = options.Length is { } wanted ? Math.Min(wanted, whole - options.Start ?? wanted) : whole - options.Start;
        var keyboard = KeyboardWatch.Begin(path, options, length, cancellation);
        using var tracker = new HandTracker(options.Threads);
        var frames = new List<IReadOnlyList<TrackedHand>>();
        var (width, height) = (0, 0);
        List<HandRegion> regions = [];
        KeyboardSighting? looked = null;
        var (_, problem) = VideoReader.Read(path, Reading(options), (frame, picture) =>
        {
            (width, height) = (picture.Width, picture.Height);
            var shown = new Picture(width, height, picture.Rgb);
            keyboard.Next(shown, [.. frames.Count == 0 ? [] : frames[^1].Select(hand => HandRegion.Covered(hand.Hand.Points))]);
            if (looked != keyboard.Sighting) regions = HandPlaces.Along(looked = keyboard.Sighting, width, height);
            frames.Add(tracker.Next(shown, regions));
            if (length is > 0) progress?.Report(Math.Min(1, frame / options.Fps / length.Value));
            return true;
        }, cancellation);
        var hands = TrackSides.Sort(frames);
        if (hands.All(both => both.Left is null && both.Right is null)) throw new UnreadableFileException(path, "", "no hands are seen in it");
        return new() { Fps = options.Fps, Width = width, Height = height, Hands = hands, Keyboard = keyboard.Seen, Problem = problem };
    }

    /// <summary>Finds out who played the notes, and solves for the motion of whole hands.</summary>
    /// <param name="path">The video, for messages.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="notes">The notes; none where nobody knows them.</param>
    /// <param name="areHeard">Whether the notes were heard in the video's own sound, so that they are nearly in time with it.</param>
    /// <param name="options">How, and what is known.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">The notes that were given are not those of the video.</exception>
    public static WatchedVideo Solve(string path, SeenVideo seen, Score notes, bool areHeard, WatchOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(options);
        var camera = CameraOf(seen);
        var episode = HandsOnKeys.Make(seen.Hands, seen.Keyboard.At, seen.Fps, []);
        int[] octaves = seen.Keyboard.IsOctaveKnown ? [0] : [.. Enumerable.Range(-6, 13).Where(octave => seen.Keyboard.Shifted(octave) is not null)];
        var (shift, octave, fit) = NoteAlignment.Find(episode, camera, notes.Notes, octaves, areHeard ? SoundShift : null);
        if (!areHeard && notes.Notes.Count > 0 && fit < LeastFit) throw new UnreadableFileException(path, "", "the notes that were given are not played in it: at no time are fingers where they would have to be (if it shows everything as a mirror does, duomano watch --mirrored turns it)");
        if (fit < LeastFit) (shift, octave) = (0, 0);
        // What is heard and what is seen are nearly always in time; fingers tell that no better than to a frame or two.
        if (areHeard && Math.Abs(shift) < InTime) shift = 0;
        if (octave != 0)
        {
            seen = seen with { Keyboard = seen.Keyboard.Shifted(octave)! };
            camera = CameraOf(seen);
            episode = HandsOnKeys.Make(seen.Hands, seen.Keyboard.At, seen.Fps, []);
        }

        var size = options.HandSize ?? HandEstimate.Size(episode, camera);
        var score = notes.Later(shift, seen.Duration);
        var told = SeenFingers.Tell(episode, score.Notes, size, camera);
        progress?.Report(Solving);
        var solved = RecordedMotion.Solve(episode.WithNotes(told.Select(note => note.Note)), HandSkeleton.Create(HandSide.Right, size, fingerLengths: HandEstimate.FingerLengths(episode, camera)), camera, options.Threads, progress.Part(Solving, 1), cancellation);
        return new(solved.Clip.WithPedal(score.Pedal), told, score.WithNotes(told.Select(note => note.Note)), seen, camera, shift);
    }

    private static OverheadCamera CameraOf(SeenVideo seen) => PictureCamera.Find(seen.Keyboard.At(0).ToKeys, seen.Width, seen.Height);
}

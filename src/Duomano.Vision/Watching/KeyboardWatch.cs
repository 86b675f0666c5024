using Duomano.Core.Files;
using Duomano.Formats.Video;
using Duomano.Vision.Hands;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Watching;

/// <summary>Finds a video's keyboard before its hands are looked at, and follows it while they are. Not for several threads at once.</summary>
internal sealed class KeyboardWatch
{
    // Frames from all over the video, and how long a video is thought to be that does not say, seconds.
    private const int Samples = 9;
    private const double Unknown = 60;

    // A camera that stands still is looked after once in so many frames; one that moved, in every frame until it stood still for as many.
    private const int Seldom = 10, Calm = 30;

    // A keyboard that is lost is looked for anew after so many frames, and then once in so many.
    private const int SearchAfter = 3, SearchEvery = 45;

    // The camera stands still where the keyboard is in its place in so large a share of the frames from all over the video.
    private const double StillShare = 0.6;

    private readonly KeyboardFinder _finder = new();
    private readonly KeyboardHints _hints;
    private readonly List<KeyboardSighting> _frames = [];
    private KeyboardTracker? _tracker;
    private KeyboardSighting _sighting;
    private int _still;
    private int _lost;

    // A keyboard that cannot be followed stays where it is, unless it is known to move: then it counts as lost.
    private KeyboardWatch(KeyboardSighting sighting, KeyboardTracker? tracker, KeyboardHints hints, bool moves = false)
    {
        (_sighting, _tracker, _hints) = (sighting, tracker, hints);
        _still = moves ? 0 : Calm;
        _lost = moves && tracker is null ? SearchAfter - 1 : 0;
    }

    /// <summary>Where it is in the last frame.</summary>
    public KeyboardSighting Sighting => _sighting;

    /// <summary>Where it was in all frames.</summary>
    public SeenKeyboard Seen => new(_frames);

    /// <summary>Finds it.</summary>
    /// <param name="path">The video.</param>
    /// <param name="options">What is known.</param>
    /// <param name="length">Seconds that will be watched; null where nobody knows.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">There is none, or no pictures.</exception>
    public static KeyboardWatch Begin(string path, WatchOptions options, double? length, CancellationToken cancellation)
    {
        var reading = VideoWatcher.Reading(options);
        var hints = new KeyboardHints { LowestKey = options.LowestKey };
        var pictures = new List<Picture>();
        for (var i = 0; i < Samples; i++)
        {
            try
            {
                pictures.Add(One(path, reading with { Start = options.Start + (length ?? Unknown) * i / Samples, Length = null }, cancellation));
            }
            catch (UnreadableFileException) when (i > 0)
            {
                // It is shorter than it says.
                break;
            }
        }

        // A camera that stands still sees more of the keys in the median of all.
        var median = pictures.All(picture => (picture.Width, picture.Height) == (pictures[0].Width, pictures[0].Height)) ? PictureMedian.Of(pictures) : pictures[0];
        if (options.Corners is { } corners)
        {
            var full = One(path, reading with { LongestSide = VideoReadOptions.LargestSide }, cancellation);
            var scale = (float)pictures[0].Width / full.Width;
            // They are told as the video shows them.
            var told = corners.Select(corner => options.Mirrored ? corner with { X = full.Width - corner.X } : corner);
            var given = SeenKeyboard.FromCorners([.. told.Select(corner => corner * scale)], options.LowestKey, options.HighestKey);
            return new(given, Tracker(given, median), hints);
        }

        var finder = new KeyboardFinder();
        if (finder.Find(median, hints) is { } found && Tracker(found, median) is { } tracker)
        {
            if (pictures.Count(picture => tracker.Follow(picture) == KeyboardMotion.Still) >= StillShare * pictures.Count) return new(found, Tracker(found, median), hints);
        }

        foreach (var picture in pictures)
        {
            cancellation.ThrowIfCancellationRequested();
            if (finder.Find(picture, hints) is { } single) return new(single, Tracker(single, picture), hints, moves: true);
        }

        throw new UnreadableFileException(path, "", "no keyboard is found in it; a camera that looks down on the keys sees them best, and duomano watch --corners can be told where they are");
    }

    /// <summary>Follows it into the next frame.</summary>
    /// <param name="picture">The frame.</param>
    /// <param name="covered">Regions that hide keys.</param>
    public void Next(Picture picture, IReadOnlyList<HandRegion> covered)
    {
        if (_tracker is not null ? _still < Calm || _frames.Count % Seldom == 0 : _lost > 0) Follow(picture, covered);
        _frames.Add(_sighting);
    }

    private void Follow(Picture picture, IReadOnlyList<HandRegion> covered)
    {
        var motion = _tracker?.Follow(picture, covered) ?? KeyboardMotion.Lost;
        _still = motion == KeyboardMotion.Still ? _still + 1 : 0;
        _lost = motion == KeyboardMotion.Lost ? _lost + 1 : 0;
        if (motion == KeyboardMotion.Moved) _sighting = _tracker!.Sighting;
        // Where it has gone farther than can be followed, or was covered for long.
        if (_lost != SearchAfter && (_lost == 0 || _lost % SearchEvery != 0)) return;
        if (_finder.Find(picture, _hints with { LowestKey = _hints.LowestKey ?? (_sighting.IsOctaveKnown ? _sighting.Lowest : null), Covered = covered }) is not { } found || !IsAsGood(found)) return;
        _sighting = found;
        // A picture may show enough to find it and too little to follow it; then the next one is tried.
        if (Tracker(found, picture) is { } tracker) (_tracker, _lost) = (tracker, 0);
        else _lost = SearchAfter - 1;
    }

    // What is found anew shows most of the keys that were seen before, and about as well.
    private bool IsAsGood(KeyboardSighting found)
    {
        const double LeastKeys = 0.6;
        const float Worse = 0.2f;
        return found.Highest.Index - found.Lowest.Index >= LeastKeys * (_sighting.Highest.Index - _sighting.Lowest.Index) && found.Score > _sighting.Score - Worse;
    }

    private static Picture One(string path, VideoReadOptions reading, CancellationToken cancellation)
    {
        Picture? read = null;
        VideoReader.Read(path, reading, (_, picture) =>
        {
            read = new(picture.Width, picture.Height, picture.Rgb);
            return false;
        }, cancellation);
        return read!;
    }

    // Null where the picture does not show the keys well enough to follow them.
    private static KeyboardTracker? Tracker(KeyboardSighting sighting, Picture picture)
    {
        try
        {
            return new(sighting, picture);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

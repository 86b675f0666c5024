using System.Numerics;
using Duomano.Core.Files;
using Duomano.Core.Keyboard;
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

    // A keyboard that is lost is looked for once in so many frames.
    private const int SearchEvery = 45;

    private readonly KeyboardFinder _finder = new();
    private readonly KeyboardHints _hints;
    private readonly List<KeyboardSighting> _frames = [];
    private KeyboardTracker? _tracker;
    private KeyboardSighting _sighting;
    private int _still = Calm;
    private int _lost;

    private KeyboardWatch(KeyboardSighting sighting, KeyboardTracker? tracker, KeyboardHints hints) => (_sighting, _tracker, _hints) = (sighting, tracker, hints);

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
            var given = SeenKeyboard.FromCorners([.. corners.Select(corner => corner * scale)], options.LowestKey ?? PianoKey.All[0], options.HighestKey ?? PianoKey.All[^1]);
            return new(given, Tracker(given, median), hints);
        }

        var finder = new KeyboardFinder();
        if (finder.Find(median, hints) is { } found && Tracker(found, median) is { } tracker) return new(found, tracker, hints);
        foreach (var picture in pictures)
        {
            cancellation.ThrowIfCancellationRequested();
            if (finder.Find(picture, hints) is { } single) return new(single, Tracker(single, picture), hints);
        }

        throw new UnreadableFileException(path, "", "no keyboard is found in it; a camera that looks down on the keys sees them best, and duomano watch --corners can be told where they are");
    }

    /// <summary>Follows it into the next frame.</summary>
    /// <param name="picture">The frame.</param>
    /// <param name="covered">Regions that hide keys.</param>
    public void Next(Picture picture, IReadOnlyList<HandRegion> covered)
    {
        if (_tracker is not null && (_still < Calm || _frames.Count % Seldom == 0)) Follow(picture, covered);
        _frames.Add(_sighting);
    }

    private void Follow(Picture picture, IReadOnlyList<HandRegion> covered)
    {
        var motion = _lost % SearchEvery == 0 || _lost < Calm ? _tracker!.Follow(picture, covered) : KeyboardMotion.Lost;
        _still = motion == KeyboardMotion.Still ? _still + 1 : 0;
        _lost = motion == KeyboardMotion.Lost ? _lost + 1 : 0;
        if (motion == KeyboardMotion.Moved) _sighting = _tracker!.Sighting;
        if (_lost == 0 || _lost % SearchEvery != 0) return;
        // Where it has gone farther than can be followed, or was covered for long.
        if (_finder.Find(picture, _hints with { LowestKey = _hints.LowestKey ?? (_sighting.IsOctaveKnown ? _sighting.Lowest : null), Covered = covered }) is not { } found || Tracker(found, picture) is not { } tracker) return;
        (_sighting, _tracker, _lost) = (found, tracker, 0);
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

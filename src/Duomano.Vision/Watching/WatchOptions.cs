using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Vision.Watching;

/// <summary>How a video is watched, and what is known of it.</summary>
public sealed record WatchOptions
{
    /// <summary>Frames a second that are looked at.</summary>
    public double Fps { get; init; } = 30;

    /// <summary>Where to begin, seconds.</summary>
    public double Start { get; init; }

    /// <summary>How much to watch, seconds; null for all.</summary>
    public double? Length { get; init; }

    /// <summary>Whether the video shows everything as a mirror does, as some telephones film their owners.</summary>
    public bool Mirrored { get; init; }

    /// <summary>The keyboard's corners in pixels of the video: far and near, from the bass to the treble and back; null to look for it.</summary>
    public IReadOnlyList<Vector2>? Corners { get; init; }

    /// <summary>The lowest key that is in the picture; null where that is to be found out.</summary>
    public PianoKey? LowestKey { get; init; }

    /// <summary>The highest key between the corners; the piano's last where it is not given.</summary>
    public PianoKey? HighestKey { get; init; }

    /// <summary>Size of the pianist's hands, times the usual; null to measure it.</summary>
    public float? HandSize { get; init => field = value is null or (>= HandSkeleton.SmallestSize and <= HandSkeleton.LargestSize) ? value : throw new ArgumentOutOfRangeException(nameof(HandSize), value, $"A hand size is {HandSkeleton.SmallestSize} to {HandSkeleton.LargestSize}, times the usual."); }

    /// <summary>Threads to work with.</summary>
    public int Threads { get; init; } = 1;
}

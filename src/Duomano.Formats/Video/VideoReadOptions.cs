namespace Duomano.Formats.Video;

/// <summary>Which pictures of a video are read.</summary>
public sealed record VideoReadOptions
{
    /// <summary>No picture is larger.</summary>
    public const int LargestSide = 32768;

    /// <summary>Pictures a second; a file that has others is read at the nearest ones.</summary>
    public double Fps { get; init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(Fps), value, "A rate is positive and finite."); } = 30;

    /// <summary>Larger pictures are made smaller until their longer side has so many pixels.</summary>
    public int LongestSide { get; init => field = value >= 16 ? value : throw new ArgumentOutOfRangeException(nameof(LongestSide), value, "A picture is at least 16 pixels large."); } = 1920;

    /// <summary>Whether right and left change places, for cameras that filmed as a mirror shows.</summary>
    public bool Mirrored { get; init; }

    /// <summary>Where to begin, seconds.</summary>
    public double Start { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(Start), value, "A time is at least 0."); }

    /// <summary>How much to read, seconds; null for all.</summary>
    public double? Length { get; init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Length), value, "A length is more than 0."); }
}

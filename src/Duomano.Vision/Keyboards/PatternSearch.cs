using System.Numerics;

namespace Duomano.Vision.Keyboards;

/// <summary>A straight line through a picture.</summary>
/// <param name="Origin">Where sample 0 is, pixels.</param>
/// <param name="Step">From a sample to the next, pixels.</param>
internal readonly record struct PictureLine(Vector2 Origin, Vector2 Step)
{
    public Vector2 At(double sample) => Origin + (float)sample * Step;
}

/// <summary>Looks through a picture for lines that cross black keys: at all turns and everywhere.</summary>
internal static class PatternSearch
{
    /// <summary>A line on which the pattern of black keys was seen.</summary>
    public sealed record Candidate(PictureLine Line, PatternLine Pattern);

    // Black keys are about a thirteenth as long as a keyboard: lines this close cross all of them at one turn and place at least.
    private const float DegreesPerTurn = 2, PixelsPerLine = 5;

    // An octave and a half of black keys at least.
    private const double LeastScore = 7;

    /// <summary>Finds them, the best first.</summary>
    public static List<Candidate> Find(Lightness picture)
    {
        List<Candidate> found = [];
        List<DarkRuns.Run> runs = [];
        var pixel = 1 / picture.Scale;
        var radius = picture.Size.Length() / 2;
        var profile = new float[(int)(2 * radius / pixel) + 2];
        for (var degrees = 0f; degrees < 180; degrees += DegreesPerTurn)
        {
            var (sine, cosine) = MathF.SinCos(degrees * MathF.PI / 180);
            Vector2 along = new(cosine, sine), across = new(-sine, cosine);
            for (var offset = -radius; offset < radius; offset += PixelsPerLine * pixel)
            {
                if (Clip(picture.Size, picture.Size / 2 + offset * across, along) is not var (from, to) || to - from < 60 * pixel) continue;
                PictureLine line = new(picture.Size / 2 + offset * across + from * along, pixel * along);
                Sample(picture, line, profile.AsSpan(0, (int)((to - from) / pixel)));
                DarkRuns.Find(profile.AsSpan(0, (int)((to - from) / pixel)), runs);
                DarkRuns.RemoveLines(runs);
                if (PatternLine.Match(runs) is { } pattern && pattern.Score >= LeastScore) found.Add(new(line, pattern));
            }
        }

        found.Sort((one, other) => other.Pattern.Score.CompareTo(one.Pattern.Score));
        return found;
    }

    /// <summary>The lightness along a line.</summary>
    public static void Sample(Lightness picture, PictureLine line, Span<float> profile)
    {
        for (var i = 0; i < profile.Length; i++) profile[i] = picture.At(line.At(i));
    }

    /// <summary>The part of a line within the picture, in pixels from a place on it; null when it misses the picture.</summary>
    public static (float From, float To)? Clip(Vector2 size, Vector2 place, Vector2 along)
    {
        var (from, to) = (float.MinValue, float.MaxValue);
        for (var axis = 0; axis < 2; axis++)
        {
            var (at, speed, end) = (place[axis], along[axis], size[axis]);
            if (Math.Abs(speed) < 1e-6f)
            {
                if (at < 0 || at > end) return null;
                continue;
            }

            var (one, other) = ((0 - at) / speed, (end - at) / speed);
            (from, to) = (Math.Max(from, Math.Min(one, other)), Math.Min(to, Math.Max(one, other)));
        }

        return from < to ? (from, to) : null;
    }
}

using System.Globalization;
using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Playing;

namespace Duomano.Core.Performing;

/// <summary>What a motion tells of who plays, and how.</summary>
/// <param name="Style">The numbers as they look, and who they look like.</param>
/// <param name="Likeness">How like a recorded person's it is: about 1 for people, 0 for the kinematic pianist.</param>
public sealed record ReadStyle(PlayerStyle Style, double Likeness);

/// <summary>
/// Reads a style off a motion: ridge regression (Hoerl and Kennard 1970) on statistics of it and their squares, learned from performances whose
/// styles are known and from recorded people by <c>duomano-train style</c>.
/// </summary>
public sealed class StyleReader
{
    private static readonly Lazy<StyleReader> Made = new(() =>
    {
        using var stream = typeof(StyleReader).Assembly.GetManifestResourceStream("style.json") ?? throw new InvalidOperationException("style.json is not in the program.");
        return Read(stream, "style.json");
    });

    // Longer motions are read in parts, seconds.
    private const double Part = 30;

    // What the file calls its numbers.
    private const string MeanName = "mean", ScaleName = "scale", LikenessName = "likeness";

    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly double[][] _rows;

    /// <summary>Wraps what was learned.</summary>
    /// <param name="mean">Of each statistic.</param>
    /// <param name="scale">Of each statistic.</param>
    /// <param name="rows">For each number, then for the likeness, what counts how much: 1, the statistics, their squares.</param>
    internal StyleReader(double[] mean, double[] scale, double[][] rows)
    {
        (_mean, _scale, _rows) = (mean, scale, rows);
        if (mean.Length != StyleStatistics.Count || scale.Length != mean.Length || rows.Length != PlayerStyle.Numbers.Count + 1 || rows.Any(row => row.Length != 1 + 2 * mean.Length))
        {
            throw new ArgumentException($"A reader of {StyleStatistics.Count} statistics and {PlayerStyle.Numbers.Count} numbers was expected.");
        }
    }

    /// <summary>The one that this program has.</summary>
    public static StyleReader Bundled => Made.Value;

    /// <summary>Reads the style of a motion.</summary>
    /// <param name="clip">A clip with its notes, their hands and fingers.</param>
    /// <returns>Null where too little is played to tell: twenty strokes after a rest of their finger, and five leaps, are the least.</returns>
    public ReadStyle? Read(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var parts = Parts(clip).Select(StyleStatistics.Of).OfType<double[]>().ToList();
        // Where half a minute tells too little, the whole may tell enough.
        if (parts.Count == 0 && clip.Duration > Part && StyleStatistics.Of(clip) is { } whole) parts.Add(whole);
        if (parts.Count == 0) return null;
        var answers = parts.ConvertAll(Answers);
        double Mean(int row) => answers.Average(answer => answer[row]);
        var likeness = Mean(PlayerStyle.Numbers.Count);
        var style = new PlayerStyle { IsPerson = likeness > 0.5 };
        foreach (var number in PlayerStyle.Numbers) style = style.With(number, PlayerStyle.FromNormalized(number, (float)Mean((int)number)));
        return new(style, likeness);
    }

    /// <summary>What the regression is told: 1, the statistics and their squares, all in their usual units.</summary>
    internal static double[] Terms(double[] statistics, double[] mean, double[] scale)
    {
        const double Farthest = 4;
        var units = statistics.Select((value, i) => Math.Clamp((value - mean[i]) / scale[i], -Farthest, Farthest)).ToArray();
        return [1, .. units, .. units.Select(unit => unit * unit)];
    }

    /// <summary>The parts in which a motion is read.</summary>
    internal static IEnumerable<TwoHandClip> Parts(TwoHandClip clip)
    {
        var (frames, score) = ((int)(Part * clip.Fps), new Score(clip.Notes));
        for (var first = 0; first < clip.FrameCount; first += frames)
        {
            var count = Math.Min(frames, clip.FrameCount - first);
            yield return new(clip.Hands.Map(track => track.Slice(first, count)), clip.Skeletons, clip.Fps, score.Crop(first / clip.Fps, count / clip.Fps).Notes);
        }
    }

    /// <summary>Writes what was learned.</summary>
    internal void Write(string path) => WholeFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        WriteNumbers(MeanName, _mean);
        WriteNumbers(ScaleName, _scale);
        for (var row = 0; row < _rows.Length; row++) WriteNumbers(RowName(row), _rows[row]);
        json.WriteEndObject();

        void WriteNumbers(string name, double[] values)
        {
            json.WriteStartArray(name);
            foreach (var value in values) json.WriteRawValue(value.ToString("G7", CultureInfo.InvariantCulture));
            json.WriteEndArray();
        }
    });

    private static string RowName(int row) => row < PlayerStyle.Numbers.Count ? PlayerStyle.Numbers[row].ToString() : LikenessName;

    private double[] Answers(double[] statistics)
    {
        var terms = Terms(statistics, _mean, _scale);
        return [.. _rows.Select(row => row.Zip(terms, (weight, term) => weight * term).Sum())];
    }

    private static StyleReader Read(Stream stream, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(stream);
            double[] Numbers(string of) => [.. json.RootElement.GetProperty(of).EnumerateArray().Select(value => value.GetDouble())];
            return new(Numbers(MeanName), Numbers(ScaleName), [.. Enumerable.Range(0, PlayerStyle.Numbers.Count + 1).Select(row => Numbers(RowName(row)))]);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UnreadableFileException(name, "", error.Message, error);
        }
    }
}

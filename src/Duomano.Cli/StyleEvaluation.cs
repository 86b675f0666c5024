using System.Globalization;
using System.Text.Json.Nodes;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Evaluation;
using Duomano.Inference;

namespace Duomano.Cli;

/// <summary>
/// Whether the styles that a model is asked for are found in its motion: pianists are drawn at random, each plays an excerpt, and what <see cref="StyleReader"/> and the
/// keys' strokes tell of the motion is held against what was asked for. Half as often a person is asked for.
/// </summary>
internal sealed class StyleEvaluation
{
    // Of each piece so much is played, seconds.
    private const double Excerpt = 40;

    private readonly List<(PerformanceStyle Asked, ReadStyle Read)> _pianists = [];
    private readonly List<ReadStyle> _people = [];
    private readonly List<(double Asked, double Found)> _holds = [];
    private readonly List<(double Asked, double Found)> _spreads = [];
    private readonly List<MotionReport> _reports = [], _usual = [];

    /// <summary>Plays.</summary>
    /// <param name="pieces">What, by turns.</param>
    /// <param name="count">Pianists that are drawn.</param>
    /// <param name="play">Plays notes for so many seconds, as a generator with these options does.</param>
    /// <param name="options">How, but for the style.</param>
    /// <param name="progress">Told how many are done.</param>
    /// <param name="cancellation">Ends it.</param>
    public static StyleEvaluation Measure(IReadOnlyList<Score> pieces, int count, Func<Score, double, GenerationOptions, TwoHandClip> play, GenerationOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        var table = new StyleEvaluation();
        var random = new SeededRandom(options.Seed, "styles");
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var touch = PerformanceStyle.Random(random) with { HandSize = options.HandSize };
            var score = pieces[i % pieces.Count].Crop(0, Excerpt);
            var length = Math.Min(Excerpt, score.Duration + 1);
            TwoHandClip Played(PlayerStyle style, PerformanceStyle how) => play(score, length, options with { Style = style, Touch = how, Seed = options.Seed + i });
            table.Add(touch, Played(PlayerStyle.Of(touch), touch));
            if (i % 2 == 0) table.AddPerson(Played(PlayerStyle.Person, PerformanceStyle.Neutral));
            progress?.Report((i + 1.0) / count);
        }

        return table;
    }

    private List<(double Asked, double Found)> Pairs(StyleNumber number) =>
        [.. _pianists.Select(pair => ((double)PlayerStyle.Of(pair.Asked).Normalized(number)!, (double)pair.Read.Style.Normalized(number)!))];

    /// <summary>The figures as text.</summary>
    public string ToText()
    {
        static string Line(string name, double value) => string.Create(CultureInfo.InvariantCulture, $"{name,-44}{value,8:0.000}");
        static string Both(string name, IReadOnlyList<(double Asked, double Found)> pairs) =>
            string.Create(CultureInfo.InvariantCulture, $"{$"{name}, R² as read; by a straight line",-44}{Explained(pairs),8:0.000} {Correlated(pairs),8:0.000}");
        return string.Join('\n',
        [
            .. PlayerStyle.Numbers.Select(number => Both($"{number}", Pairs(number))),
            Both("length of notes", _holds),
            Both("exactness", _spreads),
            Line($"player told apart, of {_pianists.Count + _people.Count}", Told),
            Line("note F1 of the styles", F1(_reports)),
            Line("note F1 of people", F1(_usual)),
        ]);
    }

    /// <summary>The figures for programs.</summary>
    public JsonObject ToJson()
    {
        var explained = new JsonObject();
        JsonObject Both(IReadOnlyList<(double Asked, double Found)> pairs) => new() { ["as_read"] = Finite(Explained(pairs)), ["by_a_line"] = Finite(Correlated(pairs)) };
        foreach (var number in PlayerStyle.Numbers) explained[number.ToString()] = Both(Pairs(number));
        explained["Legato"] = Both(_holds);
        explained["TimingSpread"] = Both(_spreads);
        return new() { ["explained"] = explained, ["player_told"] = Finite(Told), ["note_f1_styles"] = Finite(F1(_reports)), ["note_f1_people"] = Finite(F1(_usual)) };
    }

    private double Told => (_pianists.Count(pair => pair.Read.Style.IsPerson == false) + _people.Count(read => read.Style.IsPerson == true)) / (double)Math.Max(1, _pianists.Count + _people.Count);

    private static double F1(List<MotionReport> reports) => reports.Count == 0 ? double.NaN : MotionReport.Combine(reports).Press?.Notes.F1 ?? double.NaN;

    private void Add(PerformanceStyle asked, TwoHandClip clip)
    {
        _reports.Add(MotionReport.Measure(clip));
        if (StyleReader.Bundled.Read(clip) is { } read) _pianists.Add((asked, read));
        if (Strokes(clip) is not var (hold, spread)) return;
        _holds.Add((asked.Legato, hold));
        _spreads.Add((asked.TimingSpread, spread));
    }

    private void AddPerson(TwoHandClip clip)
    {
        _usual.Add(MotionReport.Measure(clip));
        if (StyleReader.Bundled.Read(clip) is { } read) _people.Add(read);
    }

    // For what share of their length keys are held, and how far strokes' moments are spread around their notes', seconds.
    private static (double Hold, double Spread)? Strokes(TwoHandClip clip)
    {
        const double Near = 0.04, Long = 0.4, Longest = 1.1;
        var strokes = KeyStrokes.Find(clip).ToLookup(stroke => stroke.Key);
        var (holds, off) = (new List<double>(), new List<double>());
        foreach (var note in clip.Notes)
        {
            if (strokes[note.Key].Where(stroke => Math.Abs(stroke.Onset - note.Onset) < Near).Select(stroke => ((double Onset, double Offset)?)(stroke.Onset, stroke.Offset)).FirstOrDefault() is not var (onset, offset)) continue;
            off.Add(onset - note.Onset);
            // Only long notes show it: short ones are cut by what follows, and some keys are held on for the next note of the same key.
            if (note.Duration > Long && offset < note.Onset + Longest * note.Duration) holds.Add((offset - note.Onset) / note.Duration);
        }

        if (holds.Count < 10 || off.Count < 20) return null;
        double[] sorted = [.. off.Order()];
        return (holds.Order().ElementAt(holds.Count * 3 / 4), (sorted[sorted.Length * 5 / 6] - sorted[sorted.Length / 6]) / 2);
    }

    // JSON knows no other numbers.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    // How much of what was asked for the best straight line tells from what was found: the square of their correlation.
    private static double Correlated(IReadOnlyList<(double Asked, double Found)> pairs)
    {
        if (pairs.Count < 3) return double.NaN;
        var (asked, found) = (pairs.Average(pair => pair.Asked), pairs.Average(pair => pair.Found));
        var together = pairs.Sum(pair => (pair.Asked - asked) * (pair.Found - found));
        return together * together / (pairs.Sum(pair => Math.Pow(pair.Asked - asked, 2)) * pairs.Sum(pair => Math.Pow(pair.Found - found, 2)));
    }

    // How much of what was asked for is told by what was found, taken as it is.
    private static double Explained(IReadOnlyList<(double Asked, double Found)> pairs)
    {
        if (pairs.Count < 3) return double.NaN;
        var mean = pairs.Average(pair => pair.Asked);
        return 1 - pairs.Sum(pair => Math.Pow(pair.Found - pair.Asked, 2)) / pairs.Sum(pair => Math.Pow(pair.Asked - mean, 2));
    }
}

using System.Diagnostics;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Fingering;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Evaluation;

namespace Duomano.Cli;

/// <summary>
/// Planned hands and fingers beside those of recorded people, song by song: hands found from the bare notes, fingers found
/// where the hands are given, and both found from the bare notes.
/// </summary>
/// <param name="Name">The song.</param>
/// <param name="Episodes">Recorded stretches of it.</param>
/// <param name="Notes">Their notes.</param>
/// <param name="Bare">Agreement where nothing is given.</param>
/// <param name="Fingers">Agreement of the fingers where the hands are given.</param>
/// <param name="Disagreements">Of what kinds the others are: hands where nothing is given, fingers where the hands are.</param>
/// <param name="Music">How long the music is, seconds.</param>
/// <param name="Work">How long planning from the bare notes took, seconds.</param>
internal sealed record PeopleFingering(string Name, int Episodes, int Notes, HandFingerAgreement Bare, AgreementCount Fingers, Disagreements Disagreements, double Music, double Work)
{
    public const string Heading = "song\tepisodes\tnotes\thands_agree\tfingers_agree_hands_given\tfingers_agree\tmusic_s\tplanning_s";

    /// <summary>Plans all episodes, a song at a time.</summary>
    /// <param name="episodes">What people played.</param>
    /// <param name="options">How to plan.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IEnumerable<PeopleFingering> Of(IReadOnlyList<RecordedEpisode> episodes, FingeringOptions options, CancellationToken cancellation)
    {
        var songs = SongGroups.Of([.. episodes.Select(episode => episode.Score)]);
        foreach (var song in episodes.Zip(songs).GroupBy(pair => pair.Second, pair => pair.First))
        {
            yield return Total(string.Create(CultureInfo.InvariantCulture, $"{song.Key}"), [.. song.Select(episode => Of(episode.Score, options, cancellation))]);
        }
    }

    /// <summary>Several as one.</summary>
    public static PeopleFingering Total(string name, IReadOnlyCollection<PeopleFingering> parts) => new(
        name,
        parts.Sum(part => part.Episodes),
        parts.Sum(part => part.Notes),
        parts.Aggregate(default(HandFingerAgreement), (sum, part) => sum + part.Bare),
        parts.Aggregate(default(AgreementCount), (sum, part) => sum + part.Fingers),
        parts.Aggregate(Disagreements.None, (sum, part) => sum + part.Disagreements),
        parts.Sum(part => part.Music),
        parts.Sum(part => part.Work));

    /// <summary>How much a share could differ with other songs: the standard error over songs, weighted by what they count.</summary>
    /// <param name="songs">The songs.</param>
    /// <param name="count">What is compared of a song.</param>
    public static double StandardError(IReadOnlyCollection<PeopleFingering> songs, Func<PeopleFingering, AgreementCount> count)
    {
        AgreementCount[] counts = [.. songs.Select(count).Where(song => song.Compared > 0)];
        var all = counts.Aggregate(default(AgreementCount), (sum, song) => sum + song);
        if (counts.Length < 2) return double.NaN;
        var squares = counts.Sum(song => Math.Pow(song.Agreeing - all.Share * song.Compared, 2));
        return Math.Sqrt(squares * counts.Length / (counts.Length - 1)) / all.Compared;
    }

    public string ToLine() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}\t{Episodes}\t{Notes}\t{Bare.Hands.Share:0.0000}\t{Fingers.Share:0.0000}\t{Bare.Fingers.Share:0.0000}\t{Music:0.0}\t{Work:0.000}");

    private static PeopleFingering Of(Score score, FingeringOptions options, CancellationToken cancellation)
    {
        Note[] handed = [.. score.Notes.Select(note => note with { Finger = null })];
        Note[] bare = [.. handed.Select(note => note with { Hand = null })];
        var watch = Stopwatch.StartNew();
        var plan = FingeringPlanner.Plan(bare, options, cancellation: cancellation);
        var work = watch.Elapsed.TotalSeconds;
        var planned = FingeringPlanner.Plan(handed, options, cancellation: cancellation).Notes;
        return new(
            "",
            1,
            score.Notes.Count,
            HandFingerAgreement.Measure(score.Notes, plan.Notes),
            HandFingerAgreement.Measure(score.Notes, planned).Fingers,
            Disagreements.Between(score.Notes, planned) with { Hands = Disagreements.Between(score.Notes, plan.Notes).Hands },
            score.Duration,
            work);
    }
}

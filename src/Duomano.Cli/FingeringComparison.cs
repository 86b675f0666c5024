using System.Diagnostics;
using System.Globalization;
using Duomano.Core.Fingering;
using Duomano.Core.Music;
using Duomano.Evaluation;

namespace Duomano.Cli;

/// <summary>A piece's planned fingering beside another one.</summary>
/// <param name="Name">The piece.</param>
/// <param name="Notes">Its notes.</param>
/// <param name="Agreement">How many hands and fingers are the same.</param>
/// <param name="Disagreements">Of what kinds the others are.</param>
/// <param name="Music">How long the music is, seconds.</param>
/// <param name="Work">How long planning took, seconds.</param>
internal sealed record FingeringComparison(string Name, int Notes, HandFingerAgreement Agreement, Disagreements Disagreements, double Music, double Work)
{
    public const string Heading = "piece\tnotes\thands_compared\thands_agree\tfingers_compared\tfingers_agree\tmusic_s\tplanning_s";

    /// <summary>Plans a piece and compares it.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="score">The notes with what is given of their fingering.</param>
    /// <param name="truth">The same or some of the same notes with the fingering to compare with; null for none.</param>
    /// <param name="options">How to plan.</param>
    /// <param name="cancellation">Stops it.</param>
    public static (FingeringPlan Plan, FingeringComparison Comparison) Of(string name, Score score, IReadOnlyList<Note>? truth, FingeringOptions options, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        var plan = FingeringPlanner.Plan(score.Notes, options, cancellation: cancellation);
        var work = watch.Elapsed.TotalSeconds;
        Note[] bare = [.. score.Notes.Select(note => note with { Hand = null, Finger = null })];
        var reference = truth is null ? bare : GivenFingering.Apply(bare, truth).Notes;
        return (plan, new(name, score.Notes.Count, HandFingerAgreement.Measure(reference, plan.Notes), Disagreements.Between(reference, plan.Notes), score.Duration, work));
    }

    /// <summary>Several pieces as one.</summary>
    public static FingeringComparison Total(IReadOnlyCollection<FingeringComparison> all) => new(
        "all",
        all.Sum(piece => piece.Notes),
        all.Aggregate(default(HandFingerAgreement), (sum, piece) => sum + piece.Agreement),
        all.Aggregate(Disagreements.None, (sum, piece) => sum + piece.Disagreements),
        all.Sum(piece => piece.Music),
        all.Sum(piece => piece.Work));

    public string ToLine() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}\t{Notes}\t{Agreement.Hands.Compared}\t{Share(Agreement.Hands)}\t{Agreement.Fingers.Compared}\t{Share(Agreement.Fingers)}\t{Music:0.0}\t{Work:0.000}");

    private static string Share(AgreementCount count) => count.Compared == 0 ? "-" : count.Share.ToString("0.0000", CultureInfo.InvariantCulture);
}

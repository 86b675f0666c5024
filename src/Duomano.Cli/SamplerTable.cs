using System.Text.Json.Nodes;
using Duomano.CommandLine;
using Duomano.Core.Contact;
using Duomano.Core.Hands;
using Duomano.Evaluation;
using Duomano.Evaluation.Published;
using Duomano.Inference;

namespace Duomano.Cli;

/// <summary>What a way of sampling made of the windows of a data set.</summary>
/// <param name="Kind">The sampler.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Paper">The paper's measures.</param>
/// <param name="Raw">Key presses of the network's own motion, each seed's.</param>
/// <param name="Refined">Key presses after contact refinement, each seed's.</param>
/// <param name="IsDefault">Whether the model samples so unless told otherwise.</param>
internal sealed record SamplerRow(SamplerKind Kind, int Steps, PaperTable Paper, IReadOnlyList<DetectionScore> Raw, IReadOnlyList<DetectionScore> Refined, bool IsDefault)
{
    public Spread? Fid => Paper.Of(null, false, hand => hand.Fid);

    public Spread? PositionDistance => Paper.Of(null, false, hand => hand.PositionDistance);

    public Spread? Fgd => Paper.GestureDistance;

    public Spread RawF1 => Spread.Of(Raw.Select(score => score.F1));

    public Spread RefinedF1 => Spread.Of(Refined.Select(score => score.F1));

    /// <summary>Seconds of computing an 8-second window takes.</summary>
    public double Seconds => Paper.WindowSeconds / Paper.Speed.Mean;

    public string Name => $"{Samplers.NameOf(Kind)} {Steps}";

    /// <summary>Whether no measure's mean over the seeds is worse than another sampler's by more than a share.</summary>
    public bool IsWithin(SamplerRow full, double share)
    {
        return !Worse(Fid, full.Fid, 1) && !Worse(PositionDistance, full.PositionDistance, 1) && !Worse(Fgd, full.Fgd, 1) && !Worse(RawF1, full.RawF1, -1) && !Worse(RefinedF1, full.RefinedF1, -1);

        bool Worse(Spread? own, Spread? other, int sign) => own is { } a && other is { } b && sign * (a.Mean - b.Mean) > share * b.Mean;
    }
}

/// <summary>Few steps against the whole way: the same windows sampled in several ways, measured alike.</summary>
/// <param name="Rows">The full ancestral sampler first.</param>
internal sealed record SamplerTable(IReadOnlyList<SamplerRow> Rows)
{
    /// <summary>How much worse than the full sampler still counts as the same.</summary>
    public const double Tolerance = 0.02;

    private static readonly (SamplerKind Kind, int Steps)[] Compared =
        [(SamplerKind.Ddim, 50), .. ((int[])[50, 20, 10, 8, 6, 4]).Select(steps => (SamplerKind.DpmSolver, steps))];

    /// <summary>
    /// The fewest steps that stay within the tolerance, as all more steps of the same sampler do, so that it is not by chance that a
    /// rough sampling comes out well; the full sampler where none do.
    /// </summary>
    public SamplerRow Fewest => Rows.GroupBy(row => row.Kind)
        .SelectMany(kind => kind.OrderByDescending(row => row.Steps).TakeWhile(row => row.IsWithin(Rows[0], Tolerance)))
        .MinBy(row => row.Steps)!;

    /// <summary>Samples and measures.</summary>
    /// <param name="evaluation">The model and how it generates otherwise.</param>
    /// <param name="windows">What to generate.</param>
    /// <param name="defaults">The model's own sampler, its steps, and its diffusion steps.</param>
    /// <param name="told">Told of each row.</param>
    /// <param name="cancellation">Stops between windows.</param>
    public static SamplerTable Measure(
        PaperEvaluation evaluation, IReadOnlyList<AnnotatedWindow> windows, (SamplerKind Kind, int Steps, int Timesteps) defaults,
        Action<SamplerRow> told, CancellationToken cancellation)
    {
        var ways = Compared.Where(way => way.Steps < defaults.Timesteps).Prepend((SamplerKind.Ancestral, defaults.Timesteps)).ToList();
        var own = (defaults.Kind, defaults.Kind == SamplerKind.Ancestral ? defaults.Timesteps : defaults.Steps);
        if (!ways.Contains(own)) ways.Add(own);
        var rows = new List<SamplerRow>();
        foreach (var way in ways)
        {
            var (kind, steps) = way;
            var (raw, refined) = (new DetectionScore[evaluation.Seeds], new DetectionScore[evaluation.Seeds]);
            var clips = 0;
            var run = evaluation with
            {
                Generation = evaluation.Generation with { Sampler = kind, Steps = steps },
                Generated = clip =>
                {
                    var seed = clips++ / windows.Count;
                    if (clip.Notes.Count == 0) return;
                    raw[seed] += KeyPress.Measure(clip, clip.Notes).Notes;
                    refined[seed] += KeyPress.Measure(ContactRefiner.Refine(clip, clip.Notes, new() { Threads = evaluation.Threads }, cancellation: cancellation).Clip, clip.Notes).Notes;
                },
            };
            rows.Add(new(kind, steps, run.Run(windows, cancellation), raw, refined, way == own));
            told(rows[^1]);
        }

        return new(rows);
    }

    public static string Heading => $"{"sampler",-12} {"FID",17} {"FGD",17} {"PD m",9} {"raw F1",17} {"refined",17} {"s a window",11} {"x music",9}";

    public static string ToLine(SamplerRow row) =>
        $"{row.Name,-12} {Shown(row.Fid, row),17} {Shown(row.Fgd, row),17} {row.PositionDistance?.Mean,9:0.0000} {Shown(row.RawF1, row),17} {Shown(row.RefinedF1, row),17} {row.Seconds,11:0.00} {row.Paper.Speed.Mean,9:0.0}{(row.IsDefault ? "  (the model's own)" : "")}";

    public string Conclusion()
    {
        var within = Rows.Skip(1).Where(row => row.IsWithin(Rows[0], Tolerance)).Select(row => row.Name).DefaultIfEmpty("none");
        return $"Within {Tolerance:P0} of {Rows[0].Name} in every column: {string.Join(", ", within)}; fewest steps with all more of them within: {Fewest.Name}";
    }

    public JsonArray ToJson() => new([.. Rows.Select(row => new JsonObject
    {
        ["sampler"] = Samplers.NameOf(row.Kind),
        ["steps"] = row.Steps,
        ["fid"] = row.Fid?.Mean,
        ["fid_spread"] = row.Fid?.Deviation,
        ["fgd"] = row.Fgd?.Mean,
        ["fgd_spread"] = row.Fgd?.Deviation,
        ["pd_m"] = row.PositionDistance?.Mean,
        ["raw_note_f1"] = row.RawF1.Mean,
        ["raw_note_f1_spread"] = row.RawF1.Deviation,
        ["refined_note_f1"] = row.RefinedF1.Mean,
        ["refined_note_f1_spread"] = row.RefinedF1.Deviation,
        ["seconds_a_window"] = row.Seconds,
        ["within_tolerance"] = row.IsWithin(Rows[0], Tolerance),
        ["default"] = row.IsDefault,
    })]);

    private static string Shown(Spread? figure, SamplerRow row) => figure switch
    {
        null => "-",
        { } spread when row.Paper.Runs.Count == 1 => $"{spread.Mean:0.0000}",
        { } spread => $"{spread.Mean:0.0000} ± {spread.Deviation:0.0000}",
    };
}

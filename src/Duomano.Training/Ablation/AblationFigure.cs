namespace Duomano.Training.Ablation;

/// <summary>One of the figures that variants are compared by.</summary>
/// <param name="Name">What files call it.</param>
/// <param name="Title">What tables call it, with its unit.</param>
/// <param name="Table">The table that it stands in.</param>
/// <param name="Decimals">How many are shown.</param>
/// <param name="OfReal">Whether the real motion has it, too: it is no distance from that.</param>
/// <param name="OfSamplings">Whether it stands in the table of ways to draw motion, too.</param>
public sealed record AblationFigure(string Name, string Title, string Table, int Decimals, bool OfReal = false, bool OfSamplings = false)
{
    internal const string Published = "The published measures";
    internal const string Alike = "Likeness to people, and keys";
    internal const string Together = "The hands together";

    /// <summary>All of them, table by table.</summary>
    public static IReadOnlyList<AblationFigure> All { get; } =
    [
        new("fid_published", "FID, published arithmetic", Published, 2, OfSamplings: true),
        new("fgd", "FGD", Published, 3, OfSamplings: true),
        new("wgd_published", "WGD, published arithmetic", Published, 3),
        new("wgd", "WGD", Published, 3),
        new("pd_published_m", "PD, published arithmetic, m", Published, 4),
        new("pd_m", "PD, m", Published, 4, OfSamplings: true),
        new("smooth_published", "Smooth, published arithmetic", Published, 3),
        new("smooth", "Smooth", Published, 1, OfSamplings: true),
        new("wrist_x_mm", "wrists along, mm", Alike, 1),
        new("wrist_z_mm", "wrists into the keys, mm", Alike, 1),
        new("tips_x_mm", "fingertips along, mm", Alike, 1, OfSamplings: true),
        new("tips_z_mm", "fingertips into the keys, mm", Alike, 1, OfSamplings: true),
        new("shapes_cm2", "hand shapes, cm²", Alike, 1, OfSamplings: true),
        new("speeds_cm2", "finger speeds, cm²", Alike, 3, OfSamplings: true),
        new("note_f1", "note F1", Alike, 3, OfReal: true, OfSamplings: true),
        new("distance_mm", "distance of the wrists off by, mm", Together, 1),
        new("speed_correlation", "correlation of speeds", Together, 2, OfReal: true),
        new("together_x", "of departures along", Together, 2, OfReal: true),
        new("together_y", "up", Together, 2, OfReal: true),
        new("together_z", "in and out", Together, 2, OfReal: true, OfSamplings: true),
        new("asynchrony_ms", "chords of both hands apart by, ms", Together, 1, OfReal: true),
        new("exchange_mm", "what the exchange moves, mm", Together, 2),
    ];
}

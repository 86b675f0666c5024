using System.Text.Json.Nodes;
using Duomano.Core.Contact;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Evaluation;
using Duomano.Inference;

namespace Duomano.Cli;

/// <summary>
/// Whether a model does anything: what becomes of its motion when the networks do not hear each other, what refinement leaves
/// of it, how much seeds differ, and what refinement alone makes of hands that stand still.
/// </summary>
/// <param name="Name">The piece, or how many.</param>
/// <param name="Frames">Frames of the motion.</param>
/// <param name="Exchange">The network's own motion beside the one without the exchange between the hands.</param>
/// <param name="Told">Physics of the first.</param>
/// <param name="Untold">Physics of the second.</param>
/// <param name="WristsApart">How far the wrists are from each other along the keyboard, metres: with and without.</param>
/// <param name="KeptFingertips">What refinement keeps of the fingertips' departure from the kinematic pianist's.</param>
/// <param name="KeptWrists">The same of the wrists'.</param>
/// <param name="Seeds">How far refined motions of two seeds are apart.</param>
/// <param name="Borrowed">Strokes that refinement played as the kinematic pianist does, of all.</param>
/// <param name="Refined">The refined motion of the first seed.</param>
/// <param name="Statue">Hands that stand still, refined for the same notes.</param>
internal sealed record ModelControls(
    string Name, int Frames, MotionDifference Exchange, PhysicalMeasures Told, PhysicalMeasures Untold, (Deviation Told, Deviation Untold) WristsApart,
    KeptDeparture KeptFingertips, KeptDeparture KeptWrists, MotionDifference Seeds, (int Strokes, int All) Borrowed, MotionReport Refined, MotionReport Statue)
{
    private const double Millimetres = 1000;

    private static readonly int[] Fingertips = [.. Fingers.All.Select(HandJoint.Tip)];

    public static string Heading =>
        $"{ReportTable.Name("piece")} {"exchange: tips mm",17} {"hands in hands %",16} {"wrists apart mm",16} {"kept: tips",10} {"wrists",6} {"seeds: wrists mm",16} {"tips mm",10} {"borrowed",8} {"F1 refined",10} {"statue",6}";

    public static ModelControls Measure(MotionGenerator generator, MotionGenerator deaf, string name, MusicToPlay music, GenerationOptions options, int seeds, int threads, CancellationToken cancellation)
    {
        TwoHandClip Raw(MotionGenerator from, long seed) => from.Generate(music, options with { Seed = seed }, cancellation: cancellation).Clip;
        ContactResult Refine(TwoHandClip clip, IReadOnlyList<Note> notes) => ContactRefiner.Refine(clip, notes, new() { Threads = threads }, cancellation: cancellation);

        var (told, untold) = (Raw(generator, options.Seed), Raw(deaf, options.Seed));
        var refined = Refine(told, told.Notes);
        TwoHandClip[] others = [.. Enumerable.Range(1, seeds - 1).Select(i => Raw(generator, options.Seed + i)).Select(clip => Refine(clip, clip.Notes).Clip)];
        TwoHandClip[] all = [refined.Clip, .. others];
        var pairs = all.SelectMany((first, i) => all[(i + 1)..].Select(second => MotionDifference.Measure(first, second)));
        var pianist = KinematicPianist.Perform(told.Notes, PerformanceStyle.Neutral, told.Duration, cancellation: cancellation).Clip;
        return new(
            name, told.FrameCount, MotionDifference.Measure(told, untold), PhysicalMeasures.Measure(told), PhysicalMeasures.Measure(untold), (Apart(told), Apart(untold)),
            KeptDeparture.Measure(pianist, told, refined.Clip, Fingertips), KeptDeparture.Measure(pianist, told, refined.Clip, [HandJoint.Wrist]),
            pairs.Aggregate(MotionDifference.None, (a, b) => a + b), (refined.Borrowed, told.Notes.Count),
            MotionReport.Measure(refined.Clip, told.Notes), MotionReport.Measure(Refine(StandingStill(told), told.Notes).Clip, told.Notes));
    }

    /// <summary>All pieces together.</summary>
    public static ModelControls Total(IReadOnlyList<ModelControls> pieces)
    {
        double frames = Math.Max(1, pieces.Sum(piece => piece.Frames));
        PhysicalMeasures Physics(Func<ModelControls, PhysicalMeasures> part) => part(pieces[0]) with
        {
            HandsPenetrating = pieces.Sum(piece => part(piece).HandsPenetrating * piece.Frames) / frames,
        };
        return pieces[0] with
        {
            Name = $"all {pieces.Count}",
            Frames = pieces.Sum(piece => piece.Frames),
            Exchange = pieces.Select(piece => piece.Exchange).Aggregate((a, b) => a + b),
            Told = Physics(piece => piece.Told),
            Untold = Physics(piece => piece.Untold),
            WristsApart = pieces.Select(piece => piece.WristsApart).Aggregate((a, b) => (a.Told + b.Told, a.Untold + b.Untold)),
            KeptFingertips = pieces.Select(piece => piece.KeptFingertips).Aggregate((a, b) => a + b),
            KeptWrists = pieces.Select(piece => piece.KeptWrists).Aggregate((a, b) => a + b),
            Seeds = pieces.Select(piece => piece.Seeds).Aggregate((a, b) => a + b),
            Borrowed = pieces.Select(piece => piece.Borrowed).Aggregate((a, b) => (a.Strokes + b.Strokes, a.All + b.All)),
            Refined = MotionReport.Combine([.. pieces.Select(piece => piece.Refined)]),
            Statue = MotionReport.Combine([.. pieces.Select(piece => piece.Statue)]),
        };
    }

    public string ToLine() =>
        $"{ReportTable.Name(Name)} {Shown(Exchange.Fingertips),17} {$"{ReportTable.Percent(Told.HandsPenetrating)} / {ReportTable.Percent(Untold.HandsPenetrating)}",16} {$"{Shown(WristsApart.Told)} / {Shown(WristsApart.Untold)}",16} "
        + $"{KeptFingertips.Share,10:0.00} {KeptWrists.Share,6:0.00} {$"{Shown(Seeds.WristX)} / {Shown(Seeds.WristZ)}",16} {$"{Shown(Seeds.FingertipX)} / {Shown(Seeds.FingertipZ)}",10} "
        + $"{$"{Borrowed.Strokes}",8} {Refined.Press?.Notes.F1,10:0.0000} {Statue.Press?.Notes.F1,6:0.0000}";

    public JsonObject ToJson() => new()
    {
        ["piece"] = Name,
        ["frames"] = Frames,
        ["exchange_fingertips_mm"] = Exchange.Fingertips.Mean * Millimetres,
        ["hands_penetrating"] = Told.HandsPenetrating,
        ["hands_penetrating_without_exchange"] = Untold.HandsPenetrating,
        ["wrists_apart_mm"] = WristsApart.Told.Mean * Millimetres,
        ["wrists_apart_without_exchange_mm"] = WristsApart.Untold.Mean * Millimetres,
        ["kept_fingertips"] = KeptFingertips.Share,
        ["kept_wrists"] = KeptWrists.Share,
        ["seeds_wrist_x_mm"] = Seeds.WristX.Mean * Millimetres,
        ["seeds_wrist_z_mm"] = Seeds.WristZ.Mean * Millimetres,
        ["seeds_fingertip_x_mm"] = Seeds.FingertipX.Mean * Millimetres,
        ["seeds_fingertip_z_mm"] = Seeds.FingertipZ.Mean * Millimetres,
        ["borrowed_strokes"] = Borrowed.Strokes,
        ["strokes"] = Borrowed.All,
        ["refined_note_f1"] = Refined.Press?.Notes.F1,
        ["statue_note_f1"] = Statue.Press?.Notes.F1,
        ["statue_frame_f1"] = Statue.Press?.Frames.F1,
    };

    // The motion's mean pose, held.
    private static TwoHandClip StandingStill(TwoHandClip clip) =>
        new(clip.Hands.Map(track => new HandTrack(Held(track.Translations, 3), Held(track.Rotations, HandJoint.PoseLength))), clip.Skeletons, clip.Fps, clip.Notes);

    private static float[] Held(float[] values, int width)
    {
        var held = new float[values.Length];
        for (var column = 0; column < width; column++)
        {
            var sum = 0.0;
            for (var i = column; i < values.Length; i += width) sum += values[i];
            for (var i = column; i < values.Length; i += width) held[i] = (float)(sum * width / values.Length);
        }

        return held;
    }

    private static Deviation Apart(TwoHandClip clip) => Deviation.Of(Enumerable.Range(0, clip.FrameCount).Select(frame => (double)(clip.Hands.Right.Wrist(frame).X - clip.Hands.Left.Wrist(frame).X)));

    private static string Shown(Deviation metres) => metres.Count == 0 ? "-" : $"{metres.Mean * Millimetres:0.0}";
}

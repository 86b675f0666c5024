using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Duomano.Core.Motion;

namespace Duomano.Evaluation.Likeness;

/// <summary>How much motions of recorded people's notes are like those people's, beside how much people are like themselves.</summary>
/// <param name="Likeness">All motions together.</param>
/// <param name="SamePassage">The same person, the same passage again, over all recordings.</param>
/// <param name="OtherPeople">Hand shapes of the recordings that were not compared; empty where all were.</param>
public sealed record LikenessReport(EpisodeLikeness Likeness, SamePassage SamePassage, HandShapes OtherPeople)
{
    private const double Millimetres = 1000;

    private readonly ShapeDistance? _shapes = HandShapes.Between(Likeness.PersonShapes, Likeness.Shapes);
    private readonly ShapeDistance? _floor = HandShapes.Between(Likeness.PersonShapes, OtherPeople);

    /// <summary>The report of recordings and the motions of their notes.</summary>
    /// <param name="people">All recordings of the file.</param>
    /// <param name="compared">Which of them were compared.</param>
    /// <param name="likeness">What was found, one for each of those.</param>
    public static LikenessReport Of(IReadOnlyList<RecordedEpisode> people, IReadOnlyCollection<int> compared, IReadOnlyList<EpisodeLikeness> likeness)
    {
        ArgumentNullException.ThrowIfNull(people);
        var others = new HandShapes();
        for (var i = 0; i < people.Count; i++)
        {
            if (!compared.Contains(i)) others.Add(people[i], people[i]);
        }

        return new(EpisodeLikeness.Combine(likeness), SamePassage.Measure(people), others);
    }

    /// <summary>The figures in the order in which they are shown: of the motion, and of people themselves.</summary>
    public IReadOnlyList<LikenessFigure> Figures => [
        new("wrist_x", "mm", Likeness.Difference.WristX.Mean * Millimetres, SamePassage.Difference.WristX.Mean * Millimetres),
        new("wrist_z", "mm", Likeness.Difference.WristZ.Mean * Millimetres, SamePassage.Difference.WristZ.Mean * Millimetres),
        new("fingertips_x", "mm", Likeness.Difference.FingertipX.Mean * Millimetres, SamePassage.Difference.FingertipX.Mean * Millimetres),
        new("fingertips_z", "mm", Likeness.Difference.FingertipZ.Mean * Millimetres, SamePassage.Difference.FingertipZ.Mean * Millimetres),
        new("wrists_apart", "mm", Likeness.Wrists.Distance.Mean * Millimetres, null),
        new("wrists_together", "", Told(Likeness.Wrists.Motion.Correlation), Told(Likeness.Wrists.Person.Correlation)),
        new("same_finger", "", Likeness.Fingers.Fingers.Share, SamePassage.Fingers.Share),
        new("same_hand", "", Likeness.Fingers.Hands.Share, null),
        new("shapes", "cm²", _shapes?.Shape, _floor?.Shape),
        new("finger_speeds", "cm²", _shapes?.FingerSpeed, _floor?.FingerSpeed),
        new("finger_speeds_smoothed", "cm²", _shapes?.SmoothedFingerSpeed, _floor?.SmoothedFingerSpeed),
        new("shapes_speeds_wrists", "cm²", _shapes?.All, _floor?.All),
        new("early", "s", Likeness.Early.OtherMedian, Likeness.Early.PersonMedian),
        new("depth_white", "mm", Likeness.Depth.White.Mean * Millimetres, Likeness.PersonDepth.White.Mean * Millimetres),
        new("depth_black", "mm", Likeness.Depth.Black.Mean * Millimetres, Likeness.PersonDepth.Black.Mean * Millimetres),
        new("lone_fingers", "%", Likeness.Lone.Share * 100, Likeness.PersonLone.Share * 100),
    ];

    private static double? Told(double figure) => double.IsFinite(figure) ? figure : null;

    /// <summary>A plain-text table, a figure a line: name, motion, people, unit.</summary>
    public string ToText()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{"",-23} {"motion",9} {"people",9}\n"));
        foreach (var figure in Figures) text.Append(string.Create(CultureInfo.InvariantCulture, $"{figure.Name.Replace('_', ' '),-23} {Shown(figure.Motion),9} {Shown(figure.People),9} {figure.Unit}").TrimEnd()).Append('\n');
        return text.ToString();

        static string Shown(double? value) => value is { } number ? number.ToString(Math.Abs(number) < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture) : "-";
    }

    /// <summary>The figures for programs.</summary>
    public JsonObject ToJson()
    {
        var (motion, people) = (new JsonObject(), new JsonObject());
        foreach (var figure in Figures) (motion[figure.Name], people[figure.Name]) = (figure.Motion, figure.People);
        return new() { ["notes"] = Likeness.Fingers.Fingers.Compared, ["passages"] = SamePassage.Pairs, ["motion"] = motion, ["people"] = people };
    }
}

/// <summary>One figure of a likeness report.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Its unit; empty for a share of 1.</param>
/// <param name="Motion">Of the motion beside the people; null where it cannot be told.</param>
/// <param name="People">Of people beside themselves; null where it cannot be told.</param>
public readonly record struct LikenessFigure(string Name, string Unit, double? Motion, double? People);

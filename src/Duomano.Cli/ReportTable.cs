using System.Text.Json;
using System.Text.Json.Nodes;
using Duomano.Core.Files;
using Duomano.Evaluation;

namespace Duomano.Cli;

/// <summary>Reports of many motions, a line each: the columns that they share, and the file for programs.</summary>
internal static class ReportTable
{
    private const int NameWidth = 36;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>What the columns are; shares in per cent.</summary>
    public static string Heading => $"{"note F1",7} {"frame F1",8} {"wrong",6} {"limits",6} {"fingers",7} {"hands",6} {"bed",6} {"early s",7}";

    /// <summary>A motion's name, as wide as the column.</summary>
    public static string Name(string name) => (name.Length > NameWidth ? name[..NameWidth] : name).PadRight(NameWidth);

    /// <summary>The columns of one motion.</summary>
    public static string Columns(MotionReport report) =>
        $"{Ratio(report.Press?.Notes.F1),7} {Ratio(report.Press?.Frames.F1),8} {Percent(report.Press?.WrongKeys),6} {Percent(report.Physical.BeyondJointLimits),6} "
        + $"{Percent(report.Physical.FingersPenetrating),7} {Percent(report.Physical.HandsPenetrating),6} {Percent(report.Physical.BelowKeyBed),6} {report.Anticipation?.Median.ToString("0.000") ?? "-",7}";

    /// <summary>A share in per cent.</summary>
    public static string Percent(double? share) => share is { } value ? $"{value * 100:0.00}" : "-";

    /// <summary>All figures for programs: an array with an object a motion, the last one for all of them.</summary>
    public static string ToJson(IEnumerable<JsonObject> pieces) => new JsonArray([.. pieces]).ToJsonString(Indented);

    /// <summary>Writes <see cref="ToJson"/> to a file.</summary>
    public static void WriteJson(string path, IEnumerable<JsonObject> pieces, CancellationToken cancellation = default) =>
        WholeFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(ToJson(pieces) + "\n")), cancellation);

    private static string Ratio(double? ratio) => ratio is { } value ? $"{value:0.0000}" : "-";
}

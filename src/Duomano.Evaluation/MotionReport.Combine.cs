namespace Duomano.Evaluation;

public sealed partial record MotionReport
{
    /// <summary>
    /// Several motions taken together: counts are added, shares of frames weighted by the frames, lead times put
    /// into one list. What belongs to one clip alone (the strokes and their matches) is left empty.
    /// </summary>
    /// <param name="reports">At least one report, of motions at one frame rate.</param>
    /// <exception cref="ArgumentException">There is none, or their frame rates differ.</exception>
    public static MotionReport Combine(IReadOnlyList<MotionReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        if (reports.Count == 0) throw new ArgumentException("There is no report to combine.", nameof(reports));
        var fps = reports[0].Fps;
        if (reports.FirstOrDefault(report => report.Fps != fps) is { } other)
        {
            throw new ArgumentException($"Motions at {fps} and {other.Fps} frames a second cannot be taken together.", nameof(reports));
        }

        return new(
            reports.Sum(report => report.FrameCount),
            fps,
            KeyPress.Combine([.. reports.Select(report => report.Press).OfType<KeyPress>()]),
            Anticipation.Combine([.. reports.Select(report => report.Anticipation).OfType<Anticipation>()]),
            reports.Aggregate((HandFingerAgreement?)null, (sum, report) => sum is { } so ? so + (report.Agreement ?? default) : report.Agreement),
            PhysicalMeasures.Combine([.. reports.Select(report => (report.Physical, report.FrameCount))]),
            MovementMeasures.Combine([.. reports.Select(report => report.Movement)]))
        {
            Reference = reports.All(report => report.Reference is not null)
                ? PhysicalMeasures.Combine([.. reports.Select(report => (report.Reference!, report.FrameCount))])
                : null,
        };
    }
}

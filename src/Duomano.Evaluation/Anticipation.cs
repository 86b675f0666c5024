using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Evaluation;

/// <summary>
/// How early fingers are where they will be needed: for each note with a known hand and finger, the time before its
/// onset from which that finger's pad stays within 10 mm of the middle of its key, sideways.
/// </summary>
/// <param name="Leads">Seconds, one a note measured, in the notes' order; 0 where the finger is not there at the onset.</param>
/// <param name="InTime">Share of the notes whose finger is there at the onset.</param>
public sealed record Anticipation(IReadOnlyList<double> Leads, double InTime)
{
    /// <summary>How near to the middle of its key a finger is in place, metres.</summary>
    public const float Near = 0.010f;

    /// <summary>Leads longer than this count as this long: a finger that rests on its key is not the earlier for it, seconds.</summary>
    public const double LongestLead = 1;

    /// <summary>Mean lead, seconds; 0 without notes.</summary>
    public double Mean => Leads.Count == 0 ? 0 : Leads.Average();

    /// <summary>Median lead, seconds; 0 without notes.</summary>
    public double Median
    {
        get
        {
            if (Leads.Count == 0) return 0;
            double[] sorted = [.. Leads.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>Several clips' notes together.</summary>
    internal static Anticipation? Combine(IReadOnlyList<Anticipation> parts)
    {
        if (parts.Count == 0) return null;
        double[] leads = [.. parts.SelectMany(part => part.Leads)];
        return new(leads, leads.Length == 0 ? 0 : parts.Sum(part => part.InTime * part.Leads.Count) / leads.Length);
    }

    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="notes">Notes in the clip's time; null for the clip's own. Those without a finger or beyond the clip do not count.</param>
    public static Anticipation Measure(TwoHandClip clip, IReadOnlyList<Note>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var points = PerHand.Create(clip.Points);
        var leads = new List<double>();
        var inTime = 0;
        foreach (var note in notes ?? clip.Notes)
        {
            if (note.Hand is not { } side || note.Finger is not { } finger || note.Onset >= clip.Duration) continue;
            var tip = HandJoint.Tip(finger);
            var onsetFrame = Math.Min(clip.FrameCount - 1, (int)Math.Round(note.Onset * clip.Fps));
            var first = onsetFrame + 1;
            while (first > 0 && InPlace(first - 1) && note.Onset - (first - 1) / clip.Fps <= LongestLead) first--;
            if (first <= onsetFrame) inTime++;
            leads.Add(first <= onsetFrame ? Math.Max(0, note.Onset - first / clip.Fps) : 0);

            bool InPlace(int frame) => MathF.Abs(points[side][frame * HandJoint.PointCount + tip].X - note.Key.CenterX) <= Near;
        }

        return new(leads, leads.Count == 0 ? 0 : (double)inTime / leads.Count);
    }
}

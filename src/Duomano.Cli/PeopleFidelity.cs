using System.Globalization;
using System.Text;
using Duomano.Core.Files;
using Duomano.Corpus.Layout;
using Duomano.Evaluation;
using Duomano.Formats.Motion;

namespace Duomano.Cli;

/// <summary>How faithful the clips of a corpus are to the recorded people that they were solved for from.</summary>
/// <param name="Clips">How many clips were compared.</param>
/// <param name="Fingertips">Distances of fingertips, seen from above, from where they were seen, sorted, metres.</param>
/// <param name="Wrists">The same of the wrists.</param>
/// <param name="Report">Keys pressed against the recorded notes, and physics.</param>
internal sealed record PeopleFidelity(int Clips, float[] Fingertips, float[] Wrists, MotionReport? Report)
{
    /// <summary>Compares.</summary>
    /// <param name="folder">A corpus.</param>
    /// <param name="people">The file of recorded people that it was made from.</param>
    /// <param name="cancellation">Stops between clips.</param>
    public static PeopleFidelity Measure(string folder, string people, CancellationToken cancellation)
    {
        var episodes = RecordedPeopleFile.Read(people);
        var reader = new CorpusReader(folder);
        var errors = new List<ObservationError>();
        var reports = new List<MotionReport>();
        foreach (var item in CorpusSplits.All.SelectMany(reader.List))
        {
            if (CorpusPeople.EpisodeOf(item) is not { } index) continue;
            cancellation.ThrowIfCancellationRequested();
            if (index >= episodes.Count) throw new UnreadableFileException(people, "episode_ends", $"has {episodes.Count} rows, but {folder} has an episode {index}");
            var clip = CorpusReader.Load(item).Annotation.ToClip();
            errors.Add(ObservationError.Measure(clip, episodes[index]));
            reports.Add(MotionReport.Measure(clip, episodes[index].Score.Notes));
        }

        float[] Sorted(Func<ObservationError, float[]> part)
        {
            float[] all = [.. errors.SelectMany(part)];
            Array.Sort(all);
            return all;
        }

        return new(errors.Count, Sorted(error => error.Fingertips), Sorted(error => error.Wrists), reports.Count == 0 ? null : MotionReport.Combine(reports));
    }

    /// <summary>A line a figure.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        void Line(string what, FormattableString value) => text.Append(CultureInfo.InvariantCulture, $"{what,-52}").AppendLine(value.ToString(CultureInfo.InvariantCulture));
        Line("recorded clips", $"{Clips}");
        if (Report?.Press is not { } press) return text.ToString();
        Line("fingertips from where they were seen, median / 90 %", $"{1000 * At(Fingertips, 0.5):0.0} / {1000 * At(Fingertips, 0.9):0.0} mm");
        Line("wrists from where they were seen, median / 90 %", $"{1000 * At(Wrists, 0.5):0.0} / {1000 * At(Wrists, 0.9):0.0} mm");
        Line("note F1", $"{press.Notes.F1:0.0000}");
        var physical = Report.Physical;
        Line("frames beyond a joint's limit", $"{physical.BeyondJointLimits:0.00%}");
        Line("frames with a fingertip below the key bed", $"{physical.BelowKeyBed:0.00%}");
        Line("frames with fingers or hands colliding", $"{physical.Penetrating:0.00%}");
        Line("fingertip jerk", $"{physical.FingertipJerk:0} m/s³");
        return text.ToString();
    }

    private static float At(float[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))];
}

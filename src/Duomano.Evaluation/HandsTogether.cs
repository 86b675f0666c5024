using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using MathNet.Numerics.Statistics;

namespace Duomano.Evaluation;

/// <summary>
/// How two hands of generated motion go together, beside the hands of the motion that is real. Of several clips the frames
/// and chords of all are taken together (<see cref="Combine"/>).
/// </summary>
public sealed class HandsTogether
{
    // Notes of both hands that begin so close together are meant to sound as one, seconds.
    private const double SameTime = 0.02;

    private readonly List<double> _distances = [];
    private readonly List<double> _asynchronies = [];
    private readonly PerHand<List<double>> _speeds = PerHand.Create(_ => new List<double>());
    private readonly PerHand<List<double>>[] _departures = [.. Enumerable.Range(0, 3).Select(_ => PerHand.Create(_ => new List<double>()))];

    private HandsTogether()
    {
    }

    /// <summary>Mean error of the distance between both wrists, metres; NaN without frames.</summary>
    public double DistanceError => _distances.Count == 0 ? double.NaN : _distances.Average();

    /// <summary>Correlation of both wrists' speeds; NaN where a hand keeps still.</summary>
    public double SpeedCorrelation => Correlation.Pearson(_speeds.Left, _speeds.Right);

    /// <summary>Mean error, seconds, of the time between a left and a right note that begin together; NaN without such notes.</summary>
    public double Asynchrony => _asynchronies.Count == 0 ? double.NaN : _asynchronies.Average();

    /// <summary>How many pairs of notes that is the mean of.</summary>
    public int ChordCount => _asynchronies.Count;

    /// <summary>Correlation of how both wrists depart from where they are expected; NaN where one never does.</summary>
    /// <param name="axis">0 along the keyboard, 1 up, 2 out of the keys.</param>
    public double DepartureCorrelation(int axis) => Correlation.Pearson(_departures[axis].Left, _departures[axis].Right);

    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="real">The real one, as many frames at the same rate.</param>
    /// <param name="expected">Where each wrist is expected, [frames], metres in the piano frame.</param>
    /// <param name="notes">What both play, in their time.</param>
    /// <exception cref="ArgumentException">The frames do not belong together.</exception>
    public static HandsTogether Measure(TwoHandClip clip, TwoHandClip real, PerHand<Vector3[]> expected, IReadOnlyList<Note> notes)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(notes);
        if (real.FrameCount != clip.FrameCount || expected.Left.Length != clip.FrameCount || expected.Right.Length != clip.FrameCount)
        {
            throw new ArgumentException($"{clip.FrameCount}, {real.FrameCount} and {expected.Left.Length} frames cannot be compared one by one.", nameof(real));
        }

        var found = new HandsTogether();
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            found._distances.Add(Math.Abs(Apart(clip, frame) - Apart(real, frame)));
            foreach (var side in HandSides.Both)
            {
                var wrist = clip.Hands[side].Wrist(frame);
                var departure = wrist - expected[side][frame];
                for (var axis = 0; axis < 3; axis++) found._departures[axis][side].Add(departure[axis]);
                if (frame > 0) found._speeds[side].Add((wrist - clip.Hands[side].Wrist(frame - 1)).Length() * clip.Fps);
            }
        }

        found.AddChords(KeyPress.Measure(clip, notes), notes);
        return found;
    }

    /// <summary>Several motions together.</summary>
    public static HandsTogether Combine(IEnumerable<HandsTogether> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var all = new HandsTogether();
        foreach (var part in parts)
        {
            all._distances.AddRange(part._distances);
            all._asynchronies.AddRange(part._asynchronies);
            foreach (var side in HandSides.Both)
            {
                all._speeds[side].AddRange(part._speeds[side]);
                for (var axis = 0; axis < 3; axis++) all._departures[axis][side].AddRange(part._departures[axis][side]);
            }
        }

        return all;
    }

    private static double Apart(TwoHandClip clip, int frame) => Vector3.Distance(clip.Hands.Left.Wrist(frame), clip.Hands.Right.Wrist(frame));

    // Of each left note and the right one that begins with it, where both were struck.
    private void AddChords(KeyPress press, IReadOnlyList<Note> notes)
    {
        var struck = press.Matches.ToDictionary(match => match.Note, match => press.Strokes[match.Stroke].Onset);
        int[] Of(HandSide side) => [.. struck.Keys.Where(note => notes[note].Hand == side).OrderBy(note => notes[note].Onset)];
        var rights = Of(HandSide.Right);
        foreach (var left in Of(HandSide.Left))
        {
            var onset = notes[left].Onset;
            var near = rights.Where(right => Math.Abs(notes[right].Onset - onset) <= SameTime).Select(right => (int?)right).MinBy(right => Math.Abs(notes[right!.Value].Onset - onset));
            if (near is { } right) _asynchronies.Add(Math.Abs(struck[left] - struck[right] - (onset - notes[right].Onset)));
        }
    }
}

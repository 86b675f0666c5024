using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Likeness;

/// <summary>
/// Judges whether fingers that play nothing go along with their hand. A linear regression over people tells where a
/// fingertip is in the plane of the keys from where the other four are and which of them hold keys; a hand has a lone
/// finger if one that holds no key is farther from there, in units of that finger's usual distance, than it is for
/// people in 99 % of the frames in which they play.
/// </summary>
public sealed class LoneFingers
{
    private const double PeoplesShare = 0.01;

    // The other tips' places from their middle (the last one follows from the others), who of them holds a key, and 1.
    private const int InputCount = 3 * 2 + 4 + 1;

    // Keeps the equations solvable where there are hardly any recordings.
    private const double Ridge = 1e-6;

    private readonly Matrix<double>[] _weights = new Matrix<double>[5];
    private readonly double[] _usual = new double[5];

    private LoneFingers()
    {
    }

    /// <summary>From how many times a finger's usual distance on it is alone.</summary>
    public double Threshold { get; private set; }

    /// <summary>Learns from people.</summary>
    /// <param name="people">Recordings, none of them of a song that is judged.</param>
    /// <exception cref="ArgumentException">They have no frame in which a finger is unused.</exception>
    public static LoneFingers Learn(IReadOnlyList<RecordedEpisode> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        var judge = new LoneFingers();
        var (products, targets) = (new Matrix<double>[5], new Matrix<double>[5]);
        for (var slot = 0; slot < 5; slot++)
        {
            products[slot] = Matrix<double>.Build.DenseDiagonal(InputCount, InputCount, Ridge);
            targets[slot] = Matrix<double>.Build.Dense(InputCount, 2);
        }

        var inputs = new double[InputCount];
        foreach (var person in people)
        {
            VisitUnused(person, person, (hand, pressing, slot) =>
            {
                var middle = Inputs(hand, pressing, slot, inputs);
                var away = hand[slot] - middle;
                for (var i = 0; i < InputCount; i++)
                {
                    targets[slot][i, 0] += inputs[i] * away.X;
                    targets[slot][i, 1] += inputs[i] * away.Y;
                    for (var j = 0; j < InputCount; j++) products[slot][i, j] += inputs[i] * inputs[j];
                }
            });
        }

        for (var slot = 0; slot < 5; slot++) judge._weights[slot] = products[slot].Cholesky().Solve(targets[slot]);
        var (squares, counts) = (new double[5], new int[5]);
        foreach (var person in people)
        {
            VisitUnused(person, person, (hand, pressing, slot) =>
            {
                squares[slot] += Math.Pow(judge.Distance(hand, pressing, slot, inputs), 2);
                counts[slot]++;
            });
        }

        for (var slot = 0; slot < 5; slot++) judge._usual[slot] = Math.Max(1e-6, Math.Sqrt(squares[slot] / Math.Max(1, counts[slot])));
        double[] farthest = [.. people.SelectMany(person => judge.Farthest(person, person)).Order()];
        if (farthest.Length == 0) throw new ArgumentException("Nobody has an unused finger in these recordings.", nameof(people));
        judge.Threshold = farthest[Math.Min(farthest.Length - 1, (int)Math.Ceiling((1 - PeoplesShare) * farthest.Length))];
        return judge;
    }

    /// <summary>Counts the hands, frame by frame, that play and have a lone finger.</summary>
    /// <param name="person">Whose notes tell when a hand plays.</param>
    /// <param name="motion">The motion, whose notes tell which fingers hold keys.</param>
    public AgreementCount Measure(RecordedEpisode person, RecordedEpisode motion)
    {
        var count = default(AgreementCount);
        foreach (var distance in Farthest(person, motion)) count = count.With(distance > Threshold);
        return count;
    }

    // Of each hand and frame the unused finger that is farthest from where it should be.
    private List<double> Farthest(RecordedEpisode person, RecordedEpisode motion)
    {
        var inputs = new double[InputCount];
        var farthest = new List<double>();
        var last = -1;
        VisitUnused(person, motion, (hand, pressing, slot) =>
        {
            // Slots come in rising order: a slot that does not follow begins another frame.
            if (slot <= last || farthest.Count == 0) farthest.Add(0);
            last = slot;
            farthest[^1] = Math.Max(farthest[^1], Distance(hand, pressing, slot, inputs) / _usual[slot]);
        }, () => last = 5);
        return farthest;
    }

    private double Distance(ReadOnlySpan<Vector2> hand, ReadOnlySpan<bool> pressing, int slot, double[] inputs)
    {
        var away = hand[slot] - Inputs(hand, pressing, slot, inputs);
        double x = 0, z = 0;
        for (var i = 0; i < InputCount; i++)
        {
            x += inputs[i] * _weights[slot][i, 0];
            z += inputs[i] * _weights[slot][i, 1];
        }

        return Math.Sqrt((away.X - x) * (away.X - x) + (away.Y - z) * (away.Y - z));
    }

    // Returns the middle of the other four fingertips.
    private static Vector2 Inputs(ReadOnlySpan<Vector2> hand, ReadOnlySpan<bool> pressing, int slot, double[] inputs)
    {
        var middle = Vector2.Zero;
        for (var other = 0; other < 5; other++) middle += other == slot ? default : hand[other] / 4;
        var next = 0;
        for (var other = 0; other < 5; other++)
        {
            if (other == slot) continue;
            inputs[6 + next] = pressing[other] ? 1 : 0;
            if (next < 3) (inputs[2 * next], inputs[2 * next + 1]) = (hand[other].X - middle.X, hand[other].Y - middle.Y);
            next++;
        }

        inputs[^1] = 1;
        return middle;
    }

    private static void VisitUnused(RecordedEpisode person, RecordedEpisode motion, UnusedFinger visit, Action? begin = null)
    {
        Span<Vector2> hand = stackalloc Vector2[5];
        foreach (var side in HandSides.Both)
        {
            var playing = PlayingFrames.Of(person, side);
            var pressing = PlayingFrames.Pressing(motion, side);
            for (var frame = 0; frame < playing.Length; frame++)
            {
                if (!playing[frame]) continue;
                begin?.Invoke();
                for (var slot = 0; slot < 5; slot++)
                {
                    var point = motion.Points(frame, side)[slot + 1];
                    hand[slot] = side == HandSide.Left ? point with { X = -point.X } : point;
                }

                for (var slot = 0; slot < 5; slot++)
                {
                    if (!pressing[frame * 5 + slot]) visit(hand, pressing.AsSpan(frame * 5, 5), slot);
                }
            }
        }
    }

    private delegate void UnusedFinger(ReadOnlySpan<Vector2> hand, ReadOnlySpan<bool> pressing, int slot);
}

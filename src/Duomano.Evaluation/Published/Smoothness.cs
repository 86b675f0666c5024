using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>Smooth: by how much the acceleration of two sequences differs.</summary>
public static class Smoothness
{
    /// <summary>
    /// The published arithmetic. What it calls acceleration is none: it is taken of the distances of all frames from the
    /// last one, and these from the last of them (<see cref="ReferenceAcceleration"/>). Radians.
    /// </summary>
    /// <param name="real">[frames, 48].</param>
    /// <param name="generated">[frames, 48].</param>
    public static double Reference(Matrix<double> real, Matrix<double> generated) =>
        Math.Abs(ReferenceAcceleration(generated) - ReferenceAcceleration(real));

    /// <summary>What the name promises: the difference of the mean accelerations of the pose, radians/s².</summary>
    /// <param name="real">[frames, 48].</param>
    /// <param name="generated">[frames, 48].</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="seen">Which frames are known; all if null.</param>
    public static double Measure(Matrix<double> real, Matrix<double> generated, double fps, IReadOnlyList<bool>? seen = null) =>
        Math.Abs(Acceleration(generated, fps, seen) - Acceleration(real, fps, seen));

    /// <summary>mean over t of (s_t − s_last) with s_t = ‖x_t − x_last‖, as it is coded.</summary>
    /// <param name="frames">[frames, 48], at least 3.</param>
    public static double ReferenceAcceleration(Matrix<double> frames)
    {
        Check(frames);
        var last = frames.Row(frames.RowCount - 1);
        var distances = frames.SubMatrix(0, frames.RowCount - 1, 0, frames.ColumnCount).Minus(last).RowNorms(2);
        return distances.SubVector(0, distances.Count - 1).Sum() / (distances.Count - 1) - distances[^1];
    }

    /// <summary>Mean length of the second differences of the pose over the squared time of a frame, radians/s².</summary>
    /// <param name="frames">[frames, 48], at least 3.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="seen">Which frames are known; an acceleration takes three in a row. All if null.</param>
    public static double Acceleration(Matrix<double> frames, double fps, IReadOnlyList<bool>? seen = null)
    {
        var lengths = SecondDifferences(frames).RowNorms(2).Where((_, t) => seen is null || HasAcceleration(seen, t)).ToArray();
        return lengths.Length == 0 ? throw new ArgumentException("No three frames in a row are known.", nameof(seen)) : lengths.Average() * fps * fps;
    }

    /// <summary>Whether an acceleration begins at a known frame.</summary>
    internal static bool HasAcceleration(IReadOnlyList<bool> seen, int frame) => frame + 2 < seen.Count && seen[frame] && seen[frame + 1] && seen[frame + 2];

    /// <summary>
    /// Summed magnitudes of the second differences of each frame, the published code's other acceleration, which its
    /// evaluation does not use. Radians.
    /// </summary>
    /// <param name="frames">[frames, 48], at least 3.</param>
    /// <returns>[frames − 2].</returns>
    public static Vector<double> SummedSecondDifferences(Matrix<double> frames) => SecondDifferences(frames).RowAbsoluteSums();

    private static Matrix<double> SecondDifferences(Matrix<double> frames)
    {
        Check(frames);
        return Matrix<double>.Build.Dense(frames.RowCount - 2, frames.ColumnCount, (t, j) => frames[t + 2, j] - 2 * frames[t + 1, j] + frames[t, j]);
    }

    private static void Check(Matrix<double> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.RowCount < 3) throw new ArgumentException($"An acceleration takes at least 3 frames, not {frames.RowCount}.", nameof(frames));
    }
}

using Duomano.Core.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>Clusters of points: Lloyd's iteration (Lloyd 1982), seeded by k-means++ (Arthur and Vassilvitskii 2007).</summary>
public static class KMeans
{
    private const int MostIterations = 300;

    /// <summary>Clusters points from centres drawn at random.</summary>
    /// <param name="points">[points, D], at least as many as clusters.</param>
    /// <param name="clusters">How many.</param>
    /// <param name="random">What draws.</param>
    /// <returns>The cluster of each point.</returns>
    public static int[] Cluster(Matrix<double> points, int clusters, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, points.RowCount);
        var rows = points.ToRowArrays();
        return Lloyd(rows, Seeds(rows, clusters, random));
    }

    /// <summary>Goes on from a given clustering until no point changes its cluster.</summary>
    /// <param name="points">[points, D].</param>
    /// <param name="labels">The cluster of each point; each cluster has one.</param>
    /// <param name="clusters">How many.</param>
    /// <returns>The cluster of each point.</returns>
    /// <exception cref="ArgumentException">The labels are not of these points and clusters.</exception>
    public static int[] Cluster(Matrix<double> points, IReadOnlyList<int> labels, int clusters)
    {
        ArgumentNullException.ThrowIfNull(points);
        CheckLabels(points, labels, clusters);
        var rows = points.ToRowArrays();
        return Lloyd(rows, Centroids(rows, [.. labels], new double[clusters][]));
    }

    /// <summary>The summed squared distance of points from the means of their clusters.</summary>
    /// <param name="points">[points, D].</param>
    /// <param name="labels">The cluster of each point.</param>
    public static double Inertia(Matrix<double> points, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(labels);
        var rows = points.ToRowArrays();
        var centroids = Centroids(rows, [.. labels], new double[labels.Max() + 1][]);
        return rows.Select((row, i) => SquaredDistance(row, centroids[labels[i]])).Sum();
    }

    internal static void CheckLabels(Matrix<double> points, IReadOnlyList<int> labels, int clusters)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != points.RowCount) throw new ArgumentException($"{points.RowCount} points have not {labels.Count} labels.", nameof(labels));
        if (labels.Any(label => label < 0 || label >= clusters)) throw new ArgumentException($"Labels are 0 to {clusters - 1}, not {labels.Min()} to {labels.Max()}.", nameof(labels));
        if (labels.Distinct().Count() < clusters) throw new ArgumentException($"Only {labels.Distinct().Count()} of {clusters} clusters have a point.", nameof(labels));
    }

    // Each further centre is the best of a few points drawn by their squared distance from the nearest centre so far.
    private static double[][] Seeds(double[][] points, int clusters, SeededRandom random)
    {
        var trials = 2 + (int)Math.Log(clusters);
        var centres = new List<double[]> { points[random.Next(points.Length)] };
        var nearest = Array.ConvertAll(points, point => SquaredDistance(point, centres[0]));
        while (centres.Count < clusters)
        {
            var best = Enumerable.Range(0, trials).Select(_ => Draw(nearest, random))
                .Select(candidate => (Point: points[candidate], Nearest: points.Select((point, i) => Math.Min(nearest[i], SquaredDistance(point, points[candidate]))).ToArray()))
                .MinBy(candidate => candidate.Nearest.Sum());
            centres.Add(best.Point);
            nearest = best.Nearest;
        }

        return [.. centres];
    }

    private static int Draw(double[] weights, SeededRandom random)
    {
        var left = random.NextDouble() * weights.Sum();
        for (var i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0) return i;
        }

        return random.Next(weights.Length); // all points are on a centre
    }

    private static int[] Lloyd(double[][] points, double[][] centres)
    {
        var labels = new int[points.Length];
        Array.Fill(labels, -1);
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            var changed = false;
            for (var i = 0; i < points.Length; i++)
            {
                var nearest = Nearest(points[i], centres);
                changed |= nearest != labels[i];
                labels[i] = nearest;
            }

            GiveEveryClusterAPoint(points, labels, centres);
            if (!changed) break;
            centres = Centroids(points, labels, centres);
        }

        return labels;
    }

    // An empty cluster takes the point farthest from its centre, of those whose cluster can spare one.
    private static void GiveEveryClusterAPoint(double[][] points, int[] labels, double[][] centres)
    {
        var sizes = new int[centres.Length];
        foreach (var label in labels) sizes[label]++;
        for (var cluster = 0; cluster < sizes.Length; cluster++)
        {
            if (sizes[cluster] > 0) continue;
            var farthest = Enumerable.Range(0, points.Length).Where(i => sizes[labels[i]] > 1).MaxBy(i => SquaredDistance(points[i], centres[labels[i]]));
            sizes[labels[farthest]]--;
            sizes[cluster]++;
            labels[farthest] = cluster;
        }
    }

    private static double[][] Centroids(double[][] points, int[] labels, double[][] before)
    {
        var (sums, sizes) = (before.Select(_ => new double[points[0].Length]).ToArray(), new int[before.Length]);
        for (var i = 0; i < points.Length; i++)
        {
            sizes[labels[i]]++;
            for (var axis = 0; axis < points[i].Length; axis++) sums[labels[i]][axis] += points[i][axis];
        }

        return [.. sums.Select((sum, cluster) => sizes[cluster] == 0 ? before[cluster] : Array.ConvertAll(sum, value => value / sizes[cluster]))];
    }

    private static int Nearest(double[] point, double[][] centres)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var centre = 0; centre < centres.Length; centre++)
        {
            var distance = SquaredDistance(point, centres[centre]);
            if (distance < least) (nearest, least) = (centre, distance);
        }

        return nearest;
    }

    private static double SquaredDistance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}

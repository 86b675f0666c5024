using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>
/// A mixture of Gaussians with full covariances, fitted by expectation maximisation (Dempster, Laird and Rubin 1977) from
/// a given clustering, as scikit-learn does.
/// </summary>
public sealed class GaussianMixture
{
    private const double Regularization = 1e-6;
    private const double Tolerance = 1e-3;
    private const int MostIterations = 200;

    // What scikit-learn adds to a component's share so that no component is without any.
    private const double LeastShare = 10 * 2.220446049250313e-16;

    private GaussianMixture(double[] weights, Vector<double>[] means, Matrix<double>[] covariances)
    {
        Weights = weights;
        Means = means;
        Covariances = covariances;
    }

    /// <summary>Share of each component; they sum to 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>[D] mean of each component.</summary>
    public IReadOnlyList<Vector<double>> Means { get; }

    /// <summary>[D, D] covariance of each component.</summary>
    public IReadOnlyList<Matrix<double>> Covariances { get; }

    /// <summary>Times that both steps were done.</summary>
    public int Iterations { get; private init; }

    /// <summary>Whether the likelihood had settled then.</summary>
    public bool Converged { get; private init; }

    /// <summary>Mean log-likelihood of a point before the last maximisation.</summary>
    public double LogLikelihood { get; private init; }

    /// <summary>Fits a mixture: a maximisation from the labels, then both steps until the mean log-likelihood of a point changes by less than 0.001.</summary>
    /// <param name="points">[points, D].</param>
    /// <param name="labels">The component that each point begins in; each component has one.</param>
    /// <param name="components">How many.</param>
    /// <exception cref="ArgumentException">The labels are not of these points and components.</exception>
    public static GaussianMixture Fit(Matrix<double> points, IReadOnlyList<int> labels, int components)
    {
        ArgumentNullException.ThrowIfNull(points);
        KMeans.CheckLabels(points, labels, components);
        var shares = Matrix<double>.Build.Dense(points.RowCount, components, (i, component) => labels[i] == component ? 1 : 0);
        var mixture = Maximize(points, shares);
        var before = double.NegativeInfinity;
        for (var iteration = 1; ; iteration++)
        {
            var likelihood = mixture.Expect(points, shares);
            mixture = Maximize(points, shares);
            var converged = Math.Abs(likelihood - before) < Tolerance;
            if (converged || iteration == MostIterations)
            {
                return new([.. mixture.Weights], [.. mixture.Means], [.. mixture.Covariances]) { Iterations = iteration, Converged = converged, LogLikelihood = likelihood };
            }

            before = likelihood;
        }
    }

    private static GaussianMixture Maximize(Matrix<double> points, Matrix<double> shares)
    {
        var totals = shares.ColumnSums() + LeastShare;
        var means = new Vector<double>[shares.ColumnCount];
        var covariances = new Matrix<double>[shares.ColumnCount];
        for (var component = 0; component < means.Length; component++)
        {
            var share = shares.Column(component);
            means[component] = points.LeftMultiply(share) / totals[component];
            var apart = points.Minus(means[component]);
            var weighted = Matrix<double>.Build.Dense(apart.RowCount, apart.ColumnCount, (i, j) => apart[i, j] * share[i]);
            covariances[component] = weighted.TransposeThisAndMultiply(apart) / totals[component];
            for (var axis = 0; axis < points.ColumnCount; axis++) covariances[component][axis, axis] += Regularization;
        }

        return new([.. totals / totals.Sum()], means, covariances);
    }

    /// <summary>Fills in each component's share of each point.</summary>
    /// <returns>The mean log-likelihood of a point.</returns>
    private double Expect(Matrix<double> points, Matrix<double> shares)
    {
        for (var component = 0; component < Means.Count; component++) shares.SetColumn(component, LogDensity(points, component) + Math.Log(Weights[component]));
        var sum = 0.0;
        for (var i = 0; i < points.RowCount; i++)
        {
            var logs = shares.Row(i);
            var largest = logs.Maximum();
            var total = largest + Math.Log(logs.Sum(log => Math.Exp(log - largest)));
            sum += total;
            shares.SetRow(i, logs.Map(log => Math.Exp(log - total)));
        }

        return sum / points.RowCount;
    }

    private Vector<double> LogDensity(Matrix<double> points, int component)
    {
        var cholesky = Covariances[component].Cholesky();
        var apart = points.Minus(Means[component]).Transpose();
        var squares = apart.PointwiseMultiply(cholesky.Solve(apart)).ColumnSums();
        return (squares + (points.ColumnCount * Math.Log(Math.Tau) + cholesky.DeterminantLn)) * -0.5;
    }
}

using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>
/// Principal components found batch by batch (Ross et al. 2008, "Incremental learning for robust visual tracking"), as
/// scikit-learn does: each batch is put below the components so far, scaled by their singular values, and a row that makes
/// up for the moved mean; the singular value decomposition of the pile gives the next components. All samples in one batch
/// give ordinary principal components.
/// </summary>
public sealed class IncrementalPca
{
    private IncrementalPca(Matrix<double> components, Vector<double> mean, Vector<double> singularValues, int samples)
    {
        Components = components;
        Mean = mean;
        SingularValues = singularValues;
        SampleCount = samples;
    }

    /// <summary>[components, D] orthonormal rows; each row's largest entry by magnitude is positive.</summary>
    public Matrix<double> Components { get; }

    /// <summary>[D], the mean of all samples.</summary>
    public Vector<double> Mean { get; }

    /// <summary>[components], falling.</summary>
    public Vector<double> SingularValues { get; }

    /// <summary>Samples seen.</summary>
    public int SampleCount { get; }

    /// <summary>[components], the samples' variance (divisor n − 1) along each component.</summary>
    public Vector<double> ExplainedVariance => SingularValues.PointwisePower(2) / (SampleCount - 1);

    /// <summary>Finds components.</summary>
    /// <param name="samples">[samples, D].</param>
    /// <param name="components">How many to keep.</param>
    /// <param name="batchSize">Samples a batch, in order; a rest of fewer than <paramref name="components"/> joins the batch before it.</param>
    /// <exception cref="ArgumentException">There are fewer samples, samples a batch or dimensions than components.</exception>
    public static IncrementalPca Fit(Matrix<double> samples, int components, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, components);
        if (Math.Min(samples.RowCount, samples.ColumnCount) < components)
        {
            throw new ArgumentException($"{samples.RowCount} samples of {samples.ColumnCount} dimensions have no {components} components.", nameof(samples));
        }

        IncrementalPca? found = null;
        for (var start = 0; start < samples.RowCount;)
        {
            var size = samples.RowCount - start - batchSize < components ? samples.RowCount - start : batchSize;
            found = Next(found, samples.SubMatrix(start, size, 0, samples.ColumnCount), components);
            start += size;
        }

        return found!;
    }

    /// <summary>Coordinates along the components.</summary>
    /// <param name="samples">[samples, D].</param>
    /// <returns>[samples, components].</returns>
    public Matrix<double> Transform(Matrix<double> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return samples.Minus(Mean).TransposeAndMultiply(Components);
    }

    private static IncrementalPca Next(IncrementalPca? before, Matrix<double> batch, int components)
    {
        var batchMean = batch.Mean();
        var pile = batch.Minus(batchMean);
        var mean = batchMean;
        var count = batch.RowCount;
        if (before is not null)
        {
            var (n, b) = ((double)before.SampleCount, (double)batch.RowCount);
            var scaled = Matrix<double>.Build.DiagonalOfDiagonalVector(before.SingularValues) * before.Components;
            var moved = (before.Mean - batchMean) * Math.Sqrt(n * b / (n + b));
            pile = scaled.Stack(pile).Stack(moved.ToRowMatrix());
            mean = (before.Mean * n + batchMean * b) / (n + b);
            count += before.SampleCount;
        }

        var decomposition = pile.Condensed().Svd();
        var rows = decomposition.VT.SubMatrix(0, components, 0, batch.ColumnCount);
        foreach (var (index, row) in rows.EnumerateRowsIndexed())
        {
            if (row[row.AbsoluteMaximumIndex()] < 0) rows.SetRow(index, -row);
        }

        return new(rows, mean, decomposition.S.SubVector(0, components), count);
    }
}

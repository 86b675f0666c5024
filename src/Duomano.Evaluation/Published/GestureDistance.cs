using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>
/// FGD: the Fréchet distance between the features of generated and of real sequences, which the encoder of a gesture
/// autoencoder gives (Yoon et al. 2020, "Speech gesture generation from the trimodal context").
/// </summary>
public static class GestureDistance
{
    /// <summary>The Fréchet distance of the two sets of features.</summary>
    /// <param name="real">[sequences, features], at least 2 sequences; with fewer sequences than features both covariances are singular, which is no obstacle.</param>
    /// <param name="generated">[sequences, features].</param>
    public static double Frechet(Matrix<double> real, Matrix<double> generated) => FrechetDistance.Between(generated, real);

    /// <summary>Mean over the pairs of summed absolute differences of their features.</summary>
    /// <param name="real">[sequences, features].</param>
    /// <param name="generated">The sequences generated for them, in the same order.</param>
    /// <exception cref="ArgumentException">There is not one for each.</exception>
    public static double MeanDifference(Matrix<double> real, Matrix<double> generated)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        if (real.RowCount != generated.RowCount || real.ColumnCount != generated.ColumnCount || real.RowCount == 0)
        {
            throw new ArgumentException($"[{real.RowCount}, {real.ColumnCount}] and [{generated.RowCount}, {generated.ColumnCount}] are not features of pairs.", nameof(generated));
        }

        return (real - generated).RowAbsoluteSums().Sum() / real.RowCount;
    }
}

using Duomano.Core.Numerics;

namespace Duomano.Core.Tests;

public sealed class BandedCholeskyTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 2)]
    [InlineData(60, 13)]
    [InlineData(5, 9)]
    public void It_solves_what_a_known_solution_was_multiplied_with(int rows, int band)
    {
        var random = new SeededRandom(3);
        var matrix = new BandedCholesky(rows, band);
        var wanted = new double[rows];
        for (var i = 0; i < rows; i++) wanted[i] = random.NextGaussian();
        for (var time = 0; time < 2; time++)
        {
            matrix.Clear();
            var right = new double[rows];
            for (var i = 0; i < rows; i++)
            {
                for (var j = Math.Max(0, i - band); j <= i; j++)
                {
                    // Diagonally dominant, hence positive definite.
                    var entry = i == j ? 2 * band + 3.0 : random.Uniform(-1, 1);
                    matrix[i, j] = entry;
                    right[i] += entry * wanted[j];
                    if (i != j) right[j] += entry * wanted[i];
                }
            }

            matrix.Solve(right);
            for (var i = 0; i < rows; i++) Assert.Equal(wanted[i], right[i], 1e-10);
        }
    }

    [Fact]
    public void Only_the_first_rows_may_be_solved_for()
    {
        var matrix = new BandedCholesky(3, 1);
        (matrix[0, 0], matrix[1, 0], matrix[1, 1], matrix[2, 1], matrix[2, 2]) = (4, 2, 5, 1, 9);
        double[] right = [8, 9];
        matrix.Solve(right);
        Assert.Equal(1.375, right[0], 1e-12);
        Assert.Equal(1.25, right[1], 1e-12);
        Assert.Throws<ArgumentException>(() => matrix.Solve(new double[4]));
    }

    [Fact]
    public void An_unknown_that_nothing_is_said_of_stays()
    {
        var matrix = new BandedCholesky(2, 1);
        matrix[0, 0] = 2;
        double[] right = [6, 5];
        matrix.Solve(right);
        Assert.Equal(3, right[0], 1e-12);
        Assert.Equal(0, right[1]);
    }
}

using System.Text.Json;
using Duomano.Core.Hands;
using Duomano.Evaluation.Published;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Tests.Evaluation.Published;

/// <summary>The sequences that the published code was asked to measure, and what it found.</summary>
internal static class PublishedSequences
{
    private static readonly JsonElement Results = Golden.Json("metrics/results.json");

    /// <summary>Everything about pairs of one hand, one entry a sequence.</summary>
    public static IEnumerable<(JsonElement Found, Matrix<double> Real, Matrix<double> Generated)> Poses(HandSide side) => All(side, "pose");

    /// <summary>The same with positions.</summary>
    public static IEnumerable<(JsonElement Found, Matrix<double> Real, Matrix<double> Generated)> Positions(HandSide side) => All(side, "trans");

    /// <summary>What was found of all sequences together.</summary>
    public static JsonElement Aggregate => Results.GetProperty("aggregate");

    /// <summary>What was found of anything else.</summary>
    public static JsonElement Result(string name) => Results.GetProperty(name);

    /// <summary>A matrix of the set.</summary>
    public static Matrix<double> Matrix(string file)
    {
        var array = Golden.Array($"metrics/{file}.npy");
        return Samples.Rows(array.Values, array.Shape[^1]);
    }

    /// <summary>Fails unless a matrix is the golden one within the set's tolerance.</summary>
    public static void AssertClose(string file, Matrix<double> actual)
    {
        var golden = Golden.Array($"metrics/{file}.npy");
        Assert.Equal(golden.Shape[^1], actual.ColumnCount);
        Golden.AssertClose(golden.Doubles, [.. actual.ToRowArrays().SelectMany(row => row).Select(value => (float)value)], Golden.Tolerance($"metrics/{file}.npy"), file);
    }

    private static IEnumerable<(JsonElement, Matrix<double>, Matrix<double>)> All(HandSide side, string what)
    {
        var (real, generated) = (Golden.Array($"metrics/{side.Name()}_{what}_real.npy"), Golden.Array($"metrics/{side.Name()}_{what}_fake.npy"));
        var found = Results.GetProperty("per_sequence").GetProperty(side.Name());
        Assert.Equal(real.Shape[0], found.GetArrayLength());
        for (var i = 0; i < real.Shape[0]; i++) yield return (found[i], Samples.Rows(real.Row(i).Values, real.Shape[^1]), Samples.Rows(generated.Row(i).Values, real.Shape[^1]));
    }
}

using Duomano.Core.Motion;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Training.Motion;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Training.Style;

/// <summary>Learns to read styles off motions.</summary>
public static class StyleReaderTraining
{
    // What a weight costs, times the number of parts.
    private const double Ridge = 0.01;

    /// <summary>Learns from clips whose players and styles are known.</summary>
    /// <param name="examples">People's clips and the kinematic pianist's.</param>
    /// <exception cref="ArgumentException">There are not both, or too few to learn from.</exception>
    public static StyleReader Fit(IReadOnlyList<MotionExample> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var parts = Parts(examples);
        if (parts.Count(part => part.Style.IsPerson == true) < 5 || parts.Count(part => part.Style.IsPerson == false) < 5) throw new ArgumentException("A reader of styles learns from people's clips and from the kinematic pianist's, at least five parts of half a minute each.", nameof(examples));
        double[] mean = [.. Enumerable.Range(0, parts[0].Statistics.Length).Select(i => parts.Average(part => part.Statistics[i]))];
        double[] scale = [.. mean.Select((middle, i) => Math.Max(1e-9, Math.Sqrt(parts.Average(part => Math.Pow(part.Statistics[i] - middle, 2)))))];
        double[] Answer(Func<PlayerStyle, double?> wanted)
        {
            var known = parts.Where(part => wanted(part.Style) is not null).ToList();
            var terms = Matrix<double>.Build.DenseOfRowArrays(known.Select(part => StyleReader.Terms(part.Statistics, mean, scale)));
            var values = Vector<double>.Build.DenseOfEnumerable(known.Select(part => wanted(part.Style)!.Value));
            var costs = Matrix<double>.Build.DenseDiagonal(terms.ColumnCount, terms.ColumnCount, Ridge * known.Count);
            // The constant costs nothing.
            costs[0, 0] = 1e-9;
            return [.. (terms.TransposeThisAndMultiply(terms) + costs).Cholesky().Solve(terms.TransposeThisAndMultiply(values))];
        }

        return new(mean, scale, [.. PlayerStyle.Numbers.Select(number => Answer(style => style.Normalized(number))), Answer(style => style.IsPerson == true ? 1 : 0)]);
    }

    /// <summary>Writes a reader.</summary>
    public static void Write(StyleReader reader, string path)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Write(path);
    }

    /// <summary>How well a reader reads clips that it has not learned from.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="examples">The clips; they are read in parts of half a minute.</param>
    /// <returns>The share of each number's variance that is told (R²; NaN without such clips), and the share of parts whose player is told.</returns>
    public static (IReadOnlyList<double> Explained, double Told) Measure(StyleReader reader, IReadOnlyList<MotionExample> examples)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(examples);
        var read = Cut(examples).Select(part => (part.Style, Read: reader.Read(part.Clip))).Where(pair => pair.Read is not null).ToList();
        double Explained(StyleNumber number)
        {
            var pairs = read.Where(pair => pair.Style[number] is not null).Select(pair => (True: (double)pair.Style.Normalized(number)!, Read: (double)pair.Read!.Style.Normalized(number)!)).ToList();
            if (pairs.Count < 2) return double.NaN;
            var mean = pairs.Average(pair => pair.True);
            return 1 - pairs.Sum(pair => Math.Pow(pair.Read - pair.True, 2)) / pairs.Sum(pair => Math.Pow(pair.True - mean, 2));
        }

        return ([.. PlayerStyle.Numbers.Select(Explained)], read.Count == 0 ? double.NaN : read.Average(pair => pair.Read!.Style.IsPerson == pair.Style.IsPerson ? 1.0 : 0));
    }

    private static List<(double[] Statistics, PlayerStyle Style)> Parts(IReadOnlyList<MotionExample> examples) =>
        [.. Cut(examples).Select(part => (Statistics: StyleStatistics.Of(part.Clip), part.Style)).Where(part => part.Statistics is not null).Select(part => (part.Statistics!, part.Style))];

    private static ParallelQuery<(TwoHandClip Clip, PlayerStyle Style)> Cut(IReadOnlyList<MotionExample> examples) =>
        examples.SelectMany(example => StyleReader.Parts(example.Clip).Select(part => (part, example.Style))).ToList().AsParallel().AsOrdered();
}

using Duomano.Core.Numerics;

namespace Duomano.Corpus.Sound;

/// <summary>Makes noise sample by sample, its mean power 1 whatever the colour.</summary>
internal sealed class Noise(NoiseColour colour, SeededRandom random)
{
    // Three leaky sums approximate pink noise within half a decibel over most of the band (Kellet's economy filter).
    private static readonly (double Keep, double Take)[] PinkPoles = [(0.99765, 0.0990460), (0.96300, 0.2965164), (0.57000, 1.0526913)];
    private const double PinkDirect = 0.1848;
    private const double BrownKeep = 0.995;

    private static readonly double PinkPower = Math.Sqrt(PinkVariance());

    private readonly double[] _poles = new double[PinkPoles.Length];
    private double _brown;

    public double Next()
    {
        var white = random.NextGaussian();
        switch (colour)
        {
            case NoiseColour.Pink:
                var pink = PinkDirect * white;
                for (var i = 0; i < _poles.Length; i++)
                {
                    _poles[i] = PinkPoles[i].Keep * _poles[i] + PinkPoles[i].Take * white;
                    pink += _poles[i];
                }

                return pink / PinkPower;
            case NoiseColour.Brown:
                _brown = BrownKeep * _brown + Math.Sqrt(1 - BrownKeep * BrownKeep) * white;
                return _brown;
            default:
                return white;
        }
    }

    // The sum of the squared impulse response.
    private static double PinkVariance()
    {
        var sum = 0.0;
        for (var n = 0; n < 20_000; n++)
        {
            var response = (n == 0 ? PinkDirect : 0) + PinkPoles.Sum(pole => pole.Take * Math.Pow(pole.Keep, n));
            sum += response * response;
        }

        return sum;
    }
}

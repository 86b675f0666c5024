using Duomano.Core.Numerics;
using Duomano.Networks.Listening;
using Duomano.Training.Listening;

namespace Duomano.Training.Tests.Listening;

public class LevelVariationTests
{
    private const int Bins = 40;

    private static readonly LevelVariation None = new() { Gain = 0, Tilt = 0, Ripple = 0, Roughness = 0, BassCut = 0, Detune = 0, RoomShare = 0, NoiseShare = 0 };

    [Fact]
    public void NoVariation_ChangesNothing()
    {
        var levels = Levels();
        var changed = Varied(None, levels, 1);
        for (var i = 0; i < levels.Length; i++) Assert.Equal(levels[i], changed[i], 1e-4f);
    }

    [Fact]
    public void Variation_IsTheSeeds()
    {
        Assert.Equal(Varied(new(), Levels(), 1), Varied(new(), Levels(), 1));
        Assert.NotEqual(Varied(new(), Levels(), 1), Varied(new(), Levels(), 2));
    }

    [Fact]
    public void Gain_IsTheSameFactorEverywhere()
    {
        var levels = Levels();
        var changed = Varied(None with { Gain = 12 }, levels, 3);
        var factor = ConstantQ.Amplitude(changed[0]) / ConstantQ.Amplitude(levels[0]);
        Assert.InRange(factor, 0.25, 4);
        for (var i = 0; i < levels.Length; i++) Assert.Equal(factor, ConstantQ.Amplitude(changed[i]) / ConstantQ.Amplitude(levels[i]), 0.02 * factor);
    }

    [Fact]
    public void BassCut_LowersTheBassOnly()
    {
        var levels = new float[Bins];
        Array.Fill(levels, 2);
        var changed = Varied(None with { BassCut = 40 }, levels, 6);
        Assert.True(changed[0] < changed[^1] - 0.01f);
        Assert.Equal(changed.Order(), changed);
    }

    [Fact]
    public void Roughness_ChangesNeighboursDifferently_ButEveryFrameAlike()
    {
        var levels = new float[3 * Bins];
        Array.Fill(levels, 1.5f);
        var changed = Varied(None with { Roughness = 6 }, levels, 7);
        Assert.True(changed[..Bins].Max() - changed[..Bins].Min() > 0.02f);
        Assert.Equal(changed[..Bins], changed[Bins..(2 * Bins)]);
    }

    [Fact]
    public void Room_FillsSilenceAfterSound_NotBefore()
    {
        var levels = new float[50 * Bins];
        levels.AsSpan(10 * Bins, Bins).Fill(2);
        var changed = Varied(None with { RoomShare = 1 }, levels, 4);
        Assert.All(changed[..(10 * Bins)], level => Assert.Equal(0, level, 1e-5f));
        Assert.True(changed[11 * Bins] > changed[30 * Bins]);
        Assert.True(changed[30 * Bins] > 0.1f);
    }

    [Fact]
    public void EverythingAtOnce_StaysFinite_AndNotBelowSilence() =>
        Assert.All(Varied(new LevelVariation { NoiseShare = 1, RoomShare = 1 }, Levels(), 5), level => Assert.InRange(level, -1e-4f, 6));

    private static float[] Levels()
    {
        var random = new SeededRandom(9);
        return [.. Enumerable.Range(0, 50 * Bins).Select(_ => (float)random.Uniform(0.3, 2))];
    }

    private static float[] Varied(LevelVariation variation, float[] levels, long seed)
    {
        var changed = levels.ToArray();
        variation.Apply(changed, Bins, 0.02, new SeededRandom(seed));
        return changed;
    }
}

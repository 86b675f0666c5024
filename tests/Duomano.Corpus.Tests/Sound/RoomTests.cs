using Duomano.Corpus.Sound;

namespace Duomano.Tests.Corpus.Sound;

public sealed class RoomTests
{
    [Fact]
    public void WithoutReverberation_NothingChanges()
    {
        var samples = Spectrum.Sine(440);
        Room.Apply(samples, Settings(0, 0.5), Instruments.SampleRate);
        Assert.Equal(Spectrum.Sine(440), samples);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void WhatAClickLeavesHasTheLevelAskedFor(double size)
    {
        var room = Click(0.5, size);
        Assert.Equal(1, room[0], 1e-6);
        Assert.Equal(0.25, Spectrum.Energy(room, 1e-4, 3), 0.001);
    }

    [Fact]
    public void ALargerRoomSoundsLonger_AndTheSeedGivesItItsShape()
    {
        double Late(float[] room) => Spectrum.Energy(room, 0.5, 3) / Spectrum.Energy(room, 1e-4, 3);
        Assert.True(Late(Click(1, 0.9)) > 10 * Late(Click(1, 0.2)));
        Assert.Equal(Click(1, 0.4), Click(1, 0.4));
        Assert.NotEqual(Click(1, 0.4), Click(1, 0.4, seed: 2));
        // It dies away: no energy builds up.
        Assert.True(Spectrum.Energy(Click(1, 1), 2.5, 3) < 1e-2 * Spectrum.Energy(Click(1, 1), 1e-4, 0.5));
    }

    private static float[] Click(double level, double size, long seed = 1)
    {
        var samples = new float[3 * Instruments.SampleRate];
        samples[0] = 1;
        Room.Apply(samples, Settings(level, size, seed), Instruments.SampleRate);
        return samples;
    }

    private static SoundSettings Settings(double level, double size, long seed = 1) => new() { SoundFont = "none", ReverbLevel = level, RoomSize = size, Seed = seed };
}

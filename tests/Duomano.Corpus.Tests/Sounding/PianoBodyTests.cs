using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Corpus.Sound;
using Duomano.Corpus.Sounding;
using Duomano.Formats.Audio;

namespace Duomano.Tests.Corpus.Sounding;

public sealed class PianoBodyTests : IDisposable
{
    private const double Seconds = 3;

    private static readonly PianoBody Plain = new();

    private readonly TemporaryFolder _folder = new();

    // One string with its fundamental and a partial in the treble, as loud, that stops at once when it is damped.
    public PianoBodyTests()
    {
        Directory.CreateDirectory(_folder.PathOf("instrument"));
        var tone = Enumerable.Range(0, 16000).Select(i => (float)(0.3 * (Math.Sin(2 * Math.PI * 261.6256 * i / 16000) + Math.Sin(2 * Math.PI * 12 * 261.6256 * i / 16000)))).ToArray();
        WavFile.Write(_folder.PathOf("instrument/C4.wav"), new AudioBuffer(tone, 16000));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NothingAdded_IsTheInstrumentAlone()
    {
        var score = Played(70);
        Assert.Equal(Instruments.Render(score, Settings, Seconds), Render(Plain, score));
    }

    [Fact]
    public void SoftBlows_AreDull_AndHardOnesBright()
    {
        double Treble(PianoBody body, int velocity)
        {
            var samples = Render(body, Played(velocity));
            return Strength(samples, 12 * 261.6256) / Strength(samples, 261.6256);
        }

        var dull = Plain with { DullnessDb = 18 };
        Assert.Equal(1, Treble(Plain, 25), 0.05);
        Assert.InRange(Treble(dull, 25), 0.35, 0.6);
        Assert.InRange(Treble(dull, 60), 0.62, 0.95);
        Assert.Equal(1, Treble(dull, 110), 0.05);
    }

    [Fact]
    public void WithThePedalDown_StringsSoundOn_AfterTheirKeyCameUp()
    {
        var along = Plain with { ResonanceDb = -12 };
        // Silence from 1.6 s on: the sample is over by then.
        Assert.Equal(0, Loudness(Render(Plain, Played(80, new PedalChange(0.2, 127))), 1.7, 2.2), 1e-6);
        Assert.True(Loudness(Render(along, Played(80, new PedalChange(0.2, 127))), 1.7, 2.2) > 0.005);
        Assert.Equal(0, Loudness(Render(along, Played(80)), 1.7, 2.2), 1e-6);
        Assert.Equal(0, Loudness(Render(along, Played(80, new PedalChange(0.2, 127), new PedalChange(1.2, 0))), 2, 2.5), 1e-3);
    }

    [Fact]
    public void KeysAndPedal_AreHeardToMove()
    {
        var noisy = Plain with { NoiseDb = -30 };
        // The key comes up at 0.8 s, when its string is silent again after 0.2 s; the pedal goes down at 2.5 s.
        var samples = Render(noisy, Played(80, new PedalChange(2.5, 127)));
        Assert.True(Loudness(samples, 2.5, 2.6) > 1e-4);
        Assert.Equal(0, Loudness(samples, 1.8, 2.4), 1e-6);
        Assert.True(Loudness(samples, 2.5, 2.6) < 0.1 * Loudness(samples, 0.55, 0.7));
        Assert.Equal(samples, Render(noisy, Played(80, new PedalChange(2.5, 127))));
    }

    [Fact]
    public void Pianos_AreTheSeeds_AndEachPartMayBeMissing()
    {
        var drawn = Enumerable.Range(0, 60).Select(seed => PianoBody.Draw(new(seed))).ToList();
        Assert.Equal(drawn, Enumerable.Range(0, 60).Select(seed => PianoBody.Draw(new(seed))));
        foreach (var isMissing in (Func<PianoBody, bool>[])[body => body.DullnessDb == 0, body => body.ResonanceDb is null, body => body.NoiseDb is null])
        {
            Assert.InRange(drawn.Count(isMissing), 5, 40);
        }
    }

    private SoundSettings Settings => new() { SoundFont = _folder.PathOf("instrument"), ReverbLevel = 0 };

    private static Score Played(int velocity, params PedalChange[] pedal) => new([new Note(0.5, 0.8, new PianoKey(60), velocity)], pedal);

    private float[] Render(PianoBody body, Score score) => body.Render(score, Settings, Seconds, new(3));

    private static double Loudness(float[] samples, double from, double until) =>
        Math.Sqrt(samples[(int)(16000 * from)..(int)(16000 * until)].Average(sample => (double)sample * sample));

    // Amplitude of an oscillation in the first tenth of a second after the blow.
    private static double Strength(float[] samples, double hertz)
    {
        double real = 0, imaginary = 0;
        for (var i = 8400; i < 11600; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * hertz * i / 16000);
            real += samples[i] * cos;
            imaginary += samples[i] * sin;
        }

        return Math.Sqrt(real * real + imaginary * imaginary);
    }
}

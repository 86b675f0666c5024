using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Networks.Listening;
using Duomano.Training.Listening;
using Duomano.Training.Torch;
using TorchSharp;
using static Duomano.Training.Tests.Listening.ToneMaker;

namespace Duomano.Training.Tests.Listening;

public class SoundVariationTests
{
    private const int Frames = 60;
    private static readonly ListeningConfig Config = new();

    private static readonly ListeningRecording Recording = new("tones", [.. Render(Tones(), 3).Select(sample => 3 * sample)], Rate, Tones());

    [Fact]
    public void NoVariation_ChangesNothing()
    {
        var expected = Recording.Levels(Config, Frames);
        var varied = Varied(None, 1);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], varied[i], 2e-2f);
    }

    [Fact]
    public void Circumstances_AreTheSeeds()
    {
        var (first, again, other) = (new SoundVariation().Draw(new(1), Config), new SoundVariation().Draw(new(1), Config), new SoundVariation().Draw(new(2), Config));
        Assert.Equal(first.Room, again.Room);
        Assert.Equal(first.Colour, again.Colour);
        Assert.NotEqual(first.Colour, other.Colour);
    }

    [Fact]
    public void Room_AnswersWithTheEnergyItWasGiven_AfterTheDirectSound()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var room = (None with { RoomShare = 1, DriestRoom = 3, WettestRoom = 3 }).Draw(new(seed), Config).Room;
            Assert.InRange(room.Length, 2, SoundVariation.RoomSamples);
            // 3 dB more than the direct sound, and a few echoes; all together as loud as without the room.
            Assert.InRange(room.Skip(1).Sum(value => value * value) / (room[0] * room[0]), 1.5, 5);
            Assert.InRange(room.Sum(value => value * value), 0.6, 2);
        }
    }

    [Fact]
    public void Room_FillsSilenceAfterSound_NotBefore()
    {
        var (dry, wet) = (Varied(None, 1), Varied(None with { RoomShare = 1, DriestRoom = 6, WettestRoom = 6 }, 1));
        float Loudness(float[] levels, int frame) => levels.AsSpan(frame * 2 * Config.Bins + Config.Bins, Config.Bins).ToArray().Average();
        Assert.True(Loudness(wet, 2) < Loudness(dry, 2) + 0.02f); // the first tone is at frame 15
        Assert.True(Loudness(wet, 45) > Loudness(dry, 45) + 0.01f);
    }

    [Fact]
    public void Gain_LowersEverythingAlike()
    {
        var (plain, softer) = (Varied(None, 1), Varied(None with { LowestGain = -20, HighestGain = -20 }, 1));
        var loudest = Array.IndexOf(plain, plain.Max());
        Assert.Equal(0.1, ConstantQ.Amplitude(softer[loudest]) / ConstantQ.Amplitude(plain[loudest]), 0.002);
    }

    [Fact]
    public void NoiseHumAndClipping_AreHeard()
    {
        var plain = Varied(None, 1);
        var noisy = Varied(None with { NoiseShare = 1 }, 1);
        var humming = Varied(None with { HumShare = 1 }, 1);
        var clipped = Varied(None with { ClippingShare = 1 }, 3);
        Assert.True(noisy.Take(Config.Bins).Average() > plain.Take(Config.Bins).Average());
        var mains = Config.BinOf(new Core.Keyboard.PianoKey(32)); // 51.9 Hz
        Assert.True(humming.Skip(mains - 6).Take(12).Max() > plain.Skip(mains - 6).Take(12).Max() + 0.05f);
        Assert.NotEqual(plain, clipped);
    }

    [Fact]
    public void Evenness_BringsSoftAndLoudTogether_AndLeavesTheLoudest()
    {
        var (plain, even) = (Varied(None, 1), Varied(None with { EvennessShare = 1 }, 4));
        var bin = Config.BinOf(new Core.Keyboard.PianoKey(60));
        float Level(float[] levels, int frame) => levels[frame * 2 * Config.Bins + bin];
        Assert.Equal(Level(plain, 20), Level(even, 20), 0.05f);
        Assert.True(Level(even, 44) > Level(plain, 44) + 0.03f, $"{Level(plain, 44)} became {Level(even, 44)}");
    }

    [Fact]
    public void TrebleCut_LeavesTheBass()
    {
        var conditions = Enumerable.Range(0, 20).Select(seed => (None with { TrebleCutShare = 1 }).Draw(new(seed), Config).Colour).ToList();
        Assert.All(conditions, colour => Assert.Equal(1, colour[0], 1e-3f));
        Assert.Contains(conditions, colour => colour[^1] < 0.05f);
    }

    [Fact]
    public void SomeExcerpts_KeepTheirColour() =>
        Assert.InRange(Enumerable.Range(0, 100).Count(seed => new SoundVariation().Draw(new(seed), Config).Colour.Distinct().Count() == 1), 5, 30);

    [Fact]
    public void EverythingAtOnce_StaysFinite_AndNotBelowSilence() =>
        Assert.All(Varied(new SoundVariation { NoiseShare = 1, RoomShare = 1, HumShare = 1, EvennessShare = 1, TrebleCutShare = 1, ClippingShare = 1 }, 5), level => Assert.InRange(level, -1e-4f, 6));

    [Fact]
    public void ImpossibleAmounts_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoundVariation { RoomShare = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoundVariation { Tilt = -1 });
    }

    private static Score Tones() => new([Note(0.3, 0.6, 60), Note(0.35, 0.62, 67)]);

    private static float[] Varied(SoundVariation variation, long seed)
    {
        using var scope = torch.NewDisposeScope();
        using var parameters = TorchParameters.Create([], 0);
        var samples = new float[AcousticAugmentation.SamplesFor(Config, Frames)];
        Recording.CopySamples(-AcousticAugmentation.SamplesBefore(Config), samples);
        var batch = new ListeningBatch(1, Frames, samples, [], [variation.Draw(new SeededRandom(seed), Config)]);
        return TorchTensors.ToData(AcousticAugmentation.Levels(new TorchOps(parameters), Config, batch, torch.CPU)).Values;
    }
}

using Duomano.Core.Keyboard;
using Duomano.Networks.Listening;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Tests.Listening;

public class ListeningNetworkTests
{
    [Fact]
    public void Outputs_AreOnePerFrameAndKey()
    {
        var config = new ListeningConfig();
        var ops = new ShapeOps();
        var levels = ConstantQ.Levels(ops, config, ShapeOps.Input(2, ConstantQ.SamplesFor(config, 30)));
        Assert.Equal([2, 30, 2 * config.Bins], levels.Sizes);
        var (logits, memory) = ListeningNetwork.Hear(ops, config, levels);
        Assert.Equal([2, ListeningNetwork.Outputs, 30, PianoKey.Count], logits.Sizes);
        Assert.Equal(logits.Sizes, ListeningNetwork.Activations(ops, logits).Sizes);
        Assert.Equal([2, config.SceneMemory], memory.Scene.Sizes);
        Assert.Equal([2 * PianoKey.Count, config.KeyMemory], memory.Keys.Sizes);
    }

    [Fact]
    public void Names_AreTheCheckpointFormat()
    {
        var declared = ParameterDeclarations.Of(ops => ListeningNetwork.Hear(ops, new ListeningConfig(), ShapeOps.Input(1, 30, 2 * 296)));
        Assert.Equal(
            [
                "harmonics.0.weight", "harmonics.0.bias", "harmonics.1.weight", "harmonics.1.bias", "keys.embedding",
                "keys.0.distances", "shown.0.weight", "shown.0.bias", "keys.0.weight", "keys.0.bias",
                "time.0.0.0.weight", "time.0.0.0.bias", "time.0.0.1.weight", "time.0.0.1.bias", "time.0.1.0.weight",
                "time.0.1.0.bias", "time.0.1.1.weight", "time.0.1.1.bias", "keys.1.distances", "shown.1.weight",
                "shown.1.bias", "keys.1.weight", "keys.1.bias", "time.1.0.0.weight", "time.1.0.0.bias",
                "time.1.0.1.weight", "time.1.0.1.bias", "time.1.1.0.weight", "time.1.1.0.bias", "time.1.1.1.weight",
                "time.1.1.1.bias", "keys.2.distances", "shown.2.weight", "shown.2.bias", "keys.2.weight",
                "keys.2.bias", "time.2.0.0.weight", "time.2.0.0.bias", "time.2.0.1.weight", "time.2.0.1.bias",
                "time.2.1.0.weight", "time.2.1.0.bias", "time.2.1.1.weight", "time.2.1.1.bias", "scene.keys.weight",
                "scene.keys.bias", "scene.in.weight", "scene.in.bias", "scene.0.0.weight", "scene.0.0.bias",
                "scene.0.1.weight", "scene.0.1.bias", "scene.1.0.weight", "scene.1.0.bias", "scene.1.1.weight",
                "scene.1.1.bias", "scene.memory.weight", "scene.memory.keep", "scene.memory.bias", "scene.out.weight",
                "scene.out.bias", "first_onset.weight", "first_onset.bias", "first_held.weight", "first_held.bias",
                "first_sounding.weight", "first_sounding.bias", "first_release.weight", "first_release.bias", "keys.memory.weight",
                "keys.memory.keep", "keys.memory.bias", "judge.weight", "judge.bias", "onset.weight",
                "onset.bias", "held.weight", "held.bias", "sounding.weight", "sounding.bias",
                "release.weight", "release.bias", "onset_time.weight", "onset_time.bias", "velocity.weight",
                "velocity.bias", "pedal.weight", "pedal.bias",
            ],
            declared.Select(parameter => parameter.Name));
        Assert.InRange(declared.Sum(parameter => parameter.Count), 1_000_000, 2_000_000);
    }

    [Fact]
    public void Bins_LieOnTheKeys()
    {
        var config = new ListeningConfig();
        foreach (var key in PianoKey.All)
        {
            Assert.Equal(440 * Math.Pow(2, (key.Midi - 69) / 12.0), config.Frequency(config.BinOf(key)), 6);
        }

        Assert.True(config.Frequency(config.Bins - 1) < config.SampleRate / 2.0);
    }

    [Fact]
    public void Windows_AreQSized_WithinTheirLimits()
    {
        var config = new ListeningConfig();
        Assert.Equal(8192, config.WindowSamples(0));
        Assert.Equal(512, config.WindowSamples(config.Bins - 1));
        Assert.Equal(36 * 16000 / 440.0, config.WindowSamples(config.BinOf(new PianoKey(69))), 6);
        Assert.Equal(2048, config.WindowSamples(0, isAttack: true));
        Assert.Equal(12 * 16000 / 220.0, config.WindowSamples(config.BinOf(new PianoKey(57)), isAttack: true), 6);
    }

    [Fact]
    public void ImpossibleSizes_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListeningConfig { KeyChannels = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListeningConfig { BinsPerSemitone = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListeningConfig { WindowPeriods = double.NaN });
        Assert.Throws<ArgumentException>(() => new ListeningConfig { Harmonics = [] });
    }
}

using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Inference.Listening;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Listening;
using Duomano.Networks.Tensors;
using Duomano.Tests;

namespace Duomano.Inference.Tests.Listening;

public class ListenerTests
{
    // Random weights hear something everywhere, which is what a test of chunking wants.
    private static readonly ListeningModel Model = new()
    {
        Network = new()
        {
            HarmonicChannels = 4,
            KeyChannels = 6,
            ShownChannels = 3,
            SceneChannels = 4,
            Dilations = [[1, 2], [3]],
            SceneDilations = [1, 3],
            KeyMemory = 4,
            SceneMemory = 3,
            ToldChannels = 2,
            Harmonics = [1, 2],
            AttackHarmonics = [1],
        },
        Decoder = new() { OnsetThreshold = 0.02, HeldThreshold = 0.05 },
    };

    private static readonly StateDict Weights = RandomWeights();
    private static readonly float[] Sound = Noise(16000 * 3 + 123);

    [Fact]
    public void Notes_DoNotDependOnHowTheSoundArrives()
    {
        using var listener = new Listener(Model, Weights, pieceFrames: 40);
        var whole = listener.Transcribe(Sound).Notes;
        Assert.True(whole.Count > 50, $"only {whole.Count} notes to compare");
        foreach (var size in new[] { 1000, 12801, 40000 }) Assert.Equal(whole, listener.Transcribe(Sound.Chunk(size)).Notes);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(400)]
    public void Notes_DoNotDependOnTheLengthOfThePieces(int pieceFrames)
    {
        using var reference = new Listener(Model, Weights, pieceFrames: 150);
        using var listener = new Listener(Model, Weights, pieceFrames: pieceFrames);
        var expected = reference.Transcribe(Sound).Notes;
        var heard = listener.Transcribe(Sound).Notes;
        Assert.Equal(expected.Count, heard.Count);
        foreach (var (one, other) in expected.Zip(heard))
        {
            Assert.Equal(one.Key, other.Key);
            Assert.Equal(one.Onset, other.Onset, 1e-3);
            Assert.Equal(one.Offset, other.Offset, 1e-2);
        }
    }

    [Fact]
    public void NoSound_HasNoNotes_AndShortSoundIsHeard()
    {
        using var listener = new Listener(Model with { Decoder = new() { OnsetThreshold = 0.9 } }, Weights, pieceFrames: 20);
        Assert.Empty(listener.Transcribe([]).Notes);
        Assert.Empty(listener.Transcribe(new float[10]).Notes);
    }

    [Fact]
    public void Loaded_HearsTheSame_ButForTheRoundingOfWeights()
    {
        using var folder = new TemporaryFolder();
        WriteModel(folder, """{ "listening": { "network": { "harmonicChannels": 4, "keyChannels": 6, "shownChannels": 3, "sceneChannels": 4, "dilations": [[1, 2], [3]], "sceneDilations": [1, 3], "keyMemory": 4, "sceneMemory": 3, "toldChannels": 2, "harmonics": [1, 2], "attackHarmonics": [1] }, "decoder": { "onsetThreshold": 0.02, "heldThreshold": 0.05 } } }""");
        using var built = new Listener(Model, Weights);
        using var loaded = Listener.Load(folder.PathOf(""));
        Assert.Equal(built.Transcribe(Sound).Notes, loaded.Transcribe(Sound).Notes);
    }

    [Theory]
    [InlineData("""{ }""", "listening")]
    [InlineData("""{ "listening": { "network": { "keyChannels": 0 } } }""", "KeyChannels")]
    [InlineData("""{ "listening": { "network": { "keyChanels": 6 } } }""", "keyChanels")]
    [InlineData("""{ "listening": 7 }""", "listening")]
    [InlineData("""{ "listening": """, "config.json")]
    [InlineData("""{ "listening": { } }""", "listening.safetensors")]
    public void WrongModel_IsNamedWithWhatIsWrong(string config, string named)
    {
        using var folder = new TemporaryFolder();
        WriteModel(folder, config);
        var problem = Assert.Throws<UnreadableFileException>(() => Listener.Load(folder.PathOf("")));
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoModel_IsNotFound()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => Listener.Load(folder.PathOf("")));
    }

    private static void WriteModel(TemporaryFolder folder, string config)
    {
        File.WriteAllText(folder.PathOf("config.json"), config);
        Safetensors.Write(folder.PathOf(ListeningModel.WeightsName), Weights);
    }

    private static StateDict RandomWeights()
    {
        var state = new StateDict();
        foreach (var parameter in ParameterDeclarations.Of(ops => ListeningNetwork.Hear(ops, Model.Network, ShapeOps.Input(1, 30, 2 * Model.Network.Bins))))
        {
            var values = new float[parameter.Count];
            new SeededRandom(7, parameter.Name).FillGaussian(values);
            for (var i = 0; i < values.Length; i++) values[i] *= 0.25f;
            state[parameter.Name] = new TensorData(values, parameter.Shape);
        }

        return state;
    }

    private static float[] Noise(int count)
    {
        var samples = new float[count];
        new SeededRandom(2).FillGaussian(samples);
        for (var i = 0; i < count; i++) samples[i] *= 0.05f * (1 + MathF.Sin(i / 900f));
        return samples;
    }
}

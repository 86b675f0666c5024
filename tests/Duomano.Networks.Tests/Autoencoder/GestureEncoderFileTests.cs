using Duomano.Core.Files;
using Duomano.Core.Numerics;
using Duomano.Networks.Autoencoder;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Tests.Autoencoder;

/// <summary>Sizes are found in the file; files that hold something else are refused.</summary>
public sealed class GestureEncoderFileTests : IDisposable
{
    private static readonly GestureAutoencoderConfig Small = new() { Frames = 20, Channels = 6, Convolutions = [3, 5, 4, 2], Hidden = 7, Features = 8 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SizesAreThoseOfTheTensors()
    {
        // The decoder and its statistics may lie beside it.
        var read = GestureEncoderFile.Read(Write(Drawn(GestureAutoencoder.Parameters(Small))));
        Assert.Equal((20, 6, 7, 8), (read.Config.Frames, read.Config.Channels, read.Config.Hidden, read.Config.Features));
        Assert.Equal([3, 5, 4, 2], read.Config.Convolutions);
        Assert.Null(GestureEncoder.Parameters(Small).Mismatch(read.Weights));
    }

    [Fact]
    public void MotionsComeBackInTheirOwnSize()
    {
        foreach (var frames in new[] { 12, 20, 240 })
        {
            var config = Small with { Frames = frames };
            ParameterDeclarations.Of(ops =>
            {
                var features = new GestureEncoder<TensorShape>(ops, config).Encode(ShapeOps.Input(3, frames, 6));
                Assert.Equal([3, 8], features.Sizes);
                Assert.Equal([3, frames, 6], new GestureDecoder<TensorShape>(ops, config).Decode(features).Sizes);
            });
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Small with { Frames = 21 });
    }

    [Theory]
    [InlineData("pose_encoder.net.0.0.weight")]
    [InlineData("pose_encoder.out_net.4.running_var")]
    public void MissingTensorsAreNamed(string name)
    {
        var whole = Drawn(GestureEncoder.Parameters(Small));
        var state = new StateDict();
        foreach (var kept in whole.Names.Where(kept => kept != name)) state[kept] = whole[kept];
        Assert.Contains(name, Assert.Throws<UnreadableFileException>(() => GestureEncoderFile.Read(Write(state))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherFilesAreRefused()
    {
        foreach (var (name, content) in new[] { ("empty", Array.Empty<byte>()), ("archive", "PK\u0003\u0004 but no more"u8.ToArray()), ("text", "not a model"u8.ToArray()) })
        {
            var path = _folder.PathOf(name);
            File.WriteAllBytes(path, content);
            Assert.Throws<UnreadableFileException>(() => GestureEncoderFile.Read(path));
        }
    }

    private string Write(StateDict state)
    {
        var path = _folder.PathOf("autoencoder.safetensors");
        Safetensors.Write(path, state);
        return path;
    }

    private static StateDict Drawn(IReadOnlyList<ParameterDeclaration> declared)
    {
        var state = new StateDict();
        foreach (var parameter in declared)
        {
            var values = new float[parameter.Count];
            new SeededRandom(1, parameter.Name).FillGaussian(values);
            state[parameter.Name] = new(values, parameter.Shape);
        }

        return state;
    }
}

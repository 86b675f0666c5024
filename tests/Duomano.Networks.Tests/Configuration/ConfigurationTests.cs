using System.Text.Json;
using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Tests.Configuration;

public class ConfigurationTests
{
    [Fact]
    public void ImpossibleSizes_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new UNetConfig { Dim = 12 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new UNetConfig { Multipliers = [] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new UNetConfig { Multipliers = [1, 0] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new UNetConfig { Fusion = (FusionMode)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new UNetConfig { Dropout = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PositionConfig { FeatureDim = 30 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureEncoderConfig { Features = 1, Kernel = 4 });
        Assert.Throws<ArgumentException>(() => TwoHandUNet.Parameters(new() { Dim = 8, CondWidth = 30 }));
    }

    [Fact]
    public void Json_RoundTrip()
    {
        var config = new UNetConfig { Dim = 16, Multipliers = [1, 2, 2], CondWidth = 24, CondEncoder = CondEncoder.None, FeatureEncoder = new() { Features = 99, Blocks = 2 } };
        var json = JsonSerializer.Serialize(config);
        var read = JsonSerializer.Deserialize<UNetConfig>(json)!;
        Assert.Equal(config.Multipliers, read.Multipliers);
        Assert.Equal(json, JsonSerializer.Serialize(read));
        Assert.Contains("\"Fusion\":\"HandCoordinated\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(UNetConfig.TimeWidth), json, StringComparison.Ordinal);
        var position = new PositionConfig { InputWidth = 20, HiddenType = HiddenType.Both };
        Assert.Equal(position, JsonSerializer.Deserialize<PositionConfig>(JsonSerializer.Serialize(position)));
    }

    [Fact]
    public void OurNetworks_TakeNoteFeatures()
    {
        var ops = new ShapeOps();
        var encoder = new FeatureEncoderConfig { Features = 99, Blocks = 3 };
        var position = new PositionConfig { InputWidth = 32, FeatureDim = 16, Layers = 1, FeedForward = 24, HiddenType = HiddenType.Both, FeatureEncoder = encoder };
        var track = new PositionNetwork<TensorShape>(ops, position, prefix: "position.").Predict(ShapeOps.Input(3, 40, 99));
        Assert.Equal([3, 40, 3], track.Position.Sizes);
        Assert.Equal([3, 40, position.CondWidth], track.Cond.Sizes);

        var config = new UNetConfig { Dim = 8, Multipliers = [1, 2, 4], CondWidth = 16, CondLayers = 1, CondFeedForward = 24, FeatureEncoder = encoder };
        var gesture = new UNet<TensorShape>(ops, config, prefix: "gesture.");
        var cond = gesture.Condition(ShapeOps.Input(3, 40, 99));
        var down = gesture.Descend(ShapeOps.Input(3, 48, 40), ShapeOps.Input(3), cond, gesture.Guide(track.Position, track.Position));
        Assert.Equal([3, 32, 10], down.Bottleneck.Sizes);
        Assert.Equal([3, 48, 40], gesture.Ascend(down, down.Bottleneck).Sizes);
        Assert.Contains(ops.Declared, parameter => parameter.Name == "gesture.feature_encoder.blocks.2.conv.weight");
        Assert.Throws<ArgumentException>(() => gesture.Descend(ShapeOps.Input(3, 48, 42), ShapeOps.Input(3), cond, null));
    }

    [Fact]
    public void PublishedArguments_NameWhatIsWrong()
    {
        var weights = new StateDict { ["piano2posi.audio_feature_map_cont.weight"] = new(new float[6], 2, 3) };
        const string Position = """{"feature_dim": 4, "num_layer": 1, "period": 30, "max_seq_len": 900, "bs_dim": 6, "wav2vec_path": "x"}""";
        const string Gesture = """{"hidden_type": "both", "unet_dim": 16, "bs_dim": 96, "xyz_guide": false, "remap_noise": false, "encoder_type": "none", "num_layer": 1, "fusion": 3, "timesteps": 10}""";
        var read = PublishedArguments.Read(Gesture, Position, weights);
        Assert.Equal((16, 7, 0, false, CondEncoder.None, FusionMode.CrossAttentionAfterMiddle), (read.Gesture.Dim, read.Gesture.CondWidth, read.Gesture.GuideWidth, read.Gesture.MapsPose, read.Gesture.CondEncoder, read.Gesture.Fusion));
        Assert.Contains(TwoHandUNet.Parameters(read.Gesture), parameter => parameter.Name == "init_conv.weight" && parameter.Shape[1] == 7 + 48);

        Says("'unet_dim' is missing", Gesture.Replace("unet_dim", "dim"), Position, weights);
        Says("fusion 5", Gesture.Replace("\"fusion\": 3", "\"fusion\": 5"), Position, weights);
        Says("hidden_type 'none'", Gesture.Replace("both", "none"), Position, weights);
        Says("Dim must be a multiple of 8", Gesture.Replace("16", "17"), Position, weights);
        Says("args_posi.txt: 'feature_dim' is missing", Gesture, "[]", weights);
        Says("no matrix", Gesture, Position, new());
        Says("no arguments", "{", Position, weights);

        static void Says(string what, string gesture, string position, StateDict state) =>
            Assert.Contains(what, Assert.Throws<FormatException>(() => PublishedArguments.Read(gesture, position, state)).Message, StringComparison.Ordinal);
    }
}

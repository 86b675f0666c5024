using Duomano.Inference.Onnx;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Configuration;
using Duomano.Networks.Encoders;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;
using Duomano.Tests;
using static Duomano.Inference.Tests.Reference.PublishedSystem;

namespace Duomano.Inference.Tests.Reference;

/// <summary>Audio encoder and position predictor, from sound on, as an ONNX graph against the published ones.</summary>
[Trait("Category", "Reference")]
public class EncoderTest_Reference
{
    [Theory]
    [InlineData("large", "b2")]
    [InlineData("large", "b1")]
    [InlineData("base", "b2")]
    [InlineData("base", "b1")]
    public void Encoder_AndEverythingOnTheWay(string flavour, string batch)
    {
        var (folder, predictor) = ($"position/{flavour}_like", Predictor(flavour));
        var frames = Golden.Array($"{folder}/interpolated_{batch}.npy").Shape[1];
        var graph = new OnnxGraph(Weights(flavour));
        var inputs = new Inputs();
        var encoder = new AudioEncoder<OnnxValue>(new(graph, $"{PositionNetwork.AudioEncoderName}."), predictor.AudioEncoder!);
        var outputs = new Dictionary<string, OnnxValue>();
        var extracted = outputs["conv_features"] = encoder.Extract(inputs.Add(graph, "samples", Sound(batch)));
        var resampled = outputs["interpolated"] = encoder.Resample(extracted, frames);
        var projected = outputs["projected"] = encoder.Project(resampled);
        outputs["encoder_output"] = encoder.Transform(projected);
        foreach (var (name, value) in outputs) graph.Output(name, value);
        using var model = inputs.Run(graph);
        foreach (var (name, value) in outputs) Golden.AssertClose($"{folder}/{name}_{batch}.npy", model[name], value.Shape.Sizes);
    }

    [Theory]
    [InlineData("large", "b2", HiddenType.AudioFeatures, false)]
    [InlineData("large", "b1", HiddenType.FeatureMap, true)]
    [InlineData("large", "b2", HiddenType.FeatureMap, false)]
    [InlineData("large", "b1", HiddenType.Both, false)]
    [InlineData("base", "b2", HiddenType.Both, false)]
    [InlineData("base", "b1", HiddenType.AudioFeatures, false)]
    public void Predictor_FromSound(string flavour, string batch, HiddenType hidden, bool newerNames)
    {
        var folder = $"position/{flavour}_like";
        var config = Predictor(flavour) with { HiddenType = hidden };
        var weights = newerNames ? WithNewerNames(Weights(flavour)) : Weights(flavour);
        Assert.Null(PositionNetwork.Parameters(config, ReferenceCompatibility.Published).Mismatch(weights));
        var position = Golden.Array($"{folder}/position_{batch}.npy");
        var graph = new OnnxGraph(weights);
        var inputs = new Inputs();
        var prediction = new PositionNetwork<OnnxValue>(graph, config, ReferenceCompatibility.Published).PredictFromSound(inputs.Add(graph, "samples", Sound(batch)), position.Shape[1]);
        graph.Output("position", prediction.Position);
        graph.Output("cond", prediction.Cond);
        using var model = inputs.Run(graph);
        Golden.AssertClose($"{folder}/position_{batch}.npy", model["position"], position.Shape);

        // audio_f is the encoder's output, hidden_f the feature map, both are the two side by side.
        var (encoded, mapped) = (Golden.Array($"{folder}/encoder_output_{batch}.npy"), Golden.Array($"{folder}/feature_map_{batch}.npy"));
        var rows = encoded.Shape[0] * encoded.Shape[1];
        double[] expected = [.. Enumerable.Range(0, rows).SelectMany(row => (IEnumerable<double>)
        [
            .. hidden == HiddenType.FeatureMap ? [] : Row(encoded, row),
            .. hidden == HiddenType.AudioFeatures ? [] : Row(mapped, row),
        ])];
        var tolerance = Math.Max(Golden.Tolerance($"{folder}/encoder_output_{batch}.npy"), Golden.Tolerance($"{folder}/feature_map_{batch}.npy"));
        Golden.AssertClose(expected, model["cond"], tolerance, $"{hidden}");
        Assert.Equal(config.CondWidth, prediction.Cond.Shape.Sizes[2]);

        static IEnumerable<double> Row(NpyArray array, int row) => array.Doubles.Skip(row * array.Shape[2]).Take(array.Shape[2]);
    }

    [Fact]
    public void Sound_IsNormalizedOverTheWholeBatch()
    {
        var sound = Golden.Array("position/audio.npy");
        var (batch, samples) = (sound.Shape[0], sound.Shape[1]);
        AssertFirst("b2", SoundNormalization.Normalize(sound.Values, batch, together: true), batch);
        AssertFirst("b1", SoundNormalization.Normalize(sound.Row(0).Values), 1);

        // Ours: each clip by itself.
        var each = SoundNormalization.Normalize(sound.Values, batch);
        Assert.Equal(SoundNormalization.Normalize(sound.Row(0).Values), each[..samples]);

        void AssertFirst(string name, float[] normalized, int clips)
        {
            var file = $"position/audio_normalized_first4000_{name}.npy";
            var expected = Golden.Array(file);
            var length = expected.Shape[^1];
            float[] first = [.. Enumerable.Range(0, clips).SelectMany(clip => normalized.AsSpan(clip * samples, length).ToArray())];
            Golden.AssertClose(expected.Doubles, first, Golden.Tolerance(file), file);
        }
    }

    private static NpyArray Sound(string batch)
    {
        var sound = Golden.Array("position/audio.npy");
        var clips = batch == "b1" ? sound.Row(0) : sound;
        SoundNormalization.Normalize(clips.Values, clips.Shape[0], together: true).CopyTo(clips.Values, 0);
        return clips;
    }

    private static PositionConfig Predictor(string flavour)
    {
        var encoder = HuggingFaceEncoder.ReadConfig(Golden.Path($"position/{flavour}_like/hubert-{flavour}-tiny"));
        return Arguments.Position with { AudioEncoder = encoder, InputWidth = encoder.Width };
    }

    private static StateDict Weights(string flavour) => PublishedPredictor.Named(flavour == "large"
        ? Checkpoints.Left.Under("piano2posi.")
        : PyTorchCheckpoint.Read(Golden.Find("position/base_like", "piano2posi-left-*.ckpt")).StateDict);

    // The same numbers as newer library versions write them.
    private static StateDict WithNewerNames(StateDict weights)
    {
        var replaced = weights.Under("");
        replaced.AddUnder("", PublishedPredictor.Named(PyTorchCheckpoint.Read(Golden.Path("position/large_like/pos_conv_new_key_names.ckpt")).StateDict));
        Assert.Equal(weights.Count, replaced.Count);
        return replaced;
    }
}

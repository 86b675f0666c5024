using System.Text.Json;
using System.Text.Json.Nodes;
using Duomano.Core.Files;
using Duomano.Core.Numerics;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Configuration;
using Duomano.Networks.Encoders;
using Duomano.Networks.Tensors;
using Duomano.Tests;

namespace Duomano.Networks.Tests.Checkpoints;

/// <summary>Audio encoders' folders, whole and broken.</summary>
public sealed class HuggingFaceEncoderTests : IDisposable
{
    private static readonly JsonObject Settings = JsonNode.Parse("""
        {
          "model_type": "wav2vec2", "hidden_size": 12, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8,
          "conv_dim": [4, 6], "conv_kernel": [3, 2], "conv_stride": [2, 1], "num_conv_pos_embeddings": 4, "num_conv_pos_embedding_groups": 2,
          "feat_extract_norm": "layer", "conv_bias": true, "do_stable_layer_norm": true, "layerdrop": 0.1
        }
        """)!.AsObject();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", false, false)]
    [InlineData("hubert.", false, true)]
    [InlineData("wav2vec2.", true, false)]
    [InlineData("wav2vec2.", true, true)]
    public void Names_of_all_kinds_give_the_same_encoder(string prefix, bool newerWeightNorm, bool pytorch)
    {
        Write(Settings, prefix, newerWeightNorm, pytorch);
        var encoder = HuggingFaceEncoder.Read(_folder.PathOf(""));
        Assert.True(encoder.Config.PreNorm);
        Assert.False(encoder.Config.NormalizesSound);
        var expected = Weights(HuggingFaceEncoder.ReadConfig(_folder.PathOf("")));
        Assert.Equal(expected.Names.Order(), encoder.Weights.Names.Order());
        foreach (var name in expected.Names) Assert.Equal(expected[name].Values, encoder.Weights[name].Values);
    }

    [Fact]
    public void What_is_left_out_is_that_of_the_base_models()
    {
        _folder.WithFile("config.json", """{ "model_type": "hubert" }"""u8.ToArray());
        _folder.WithFile("preprocessor_config.json", "{}"u8.ToArray());
        Assert.Equal(JsonSerializer.Serialize(AudioEncoderConfig.Base), JsonSerializer.Serialize(HuggingFaceEncoder.ReadConfig(_folder.PathOf(""))));
    }

    [Theory]
    [InlineData("model_type", "\"wavlm\"", "model_type: is '\"wavlm\"', known are hubert, wav2vec2")]
    [InlineData("model_type", null, "model_type: is missing")]
    [InlineData("hidden_act", "\"relu\"", "hidden_act: is '\"relu\"', known are gelu")]
    [InlineData("feat_extract_norm", "\"batch\"", "feat_extract_norm: is '\"batch\"', known are group, layer")]
    [InlineData("layer_norm_eps", "0.001", "layer_norm_eps: is '0.001', only 1E-05 is known")]
    [InlineData("add_adapter", "true", "add_adapter: is true, which is not known")]
    [InlineData("hidden_size", "13", "Width 13 is no multiple of 2 heads")]
    [InlineData("hidden_size", "1e9", "hidden_size: is '1e9', expected a whole number")]
    [InlineData("num_hidden_layers", "-1", "Layers must be from 1 to 128")]
    [InlineData("conv_stride", "[2]", "2 widths, 2 kernels and 1 strides")]
    [InlineData("conv_kernel", "[2, \"3\"]", "expected a list of whole numbers")]
    [InlineData("do_stable_layer_norm", "1", "expected true or false")]
    public void Unknown_settings_are_named(string name, string? value, string problem)
    {
        var changed = Settings.DeepClone().AsObject();
        if (value is null) changed.Remove(name);
        else changed[name] = JsonNode.Parse(value);
        Write(Settings);
        _folder.WithFile("config.json", JsonSerializer.SerializeToUtf8Bytes(changed));
        Refused("config.json", problem);
    }

    [Fact]
    public void Other_sampling_rates_are_refused()
    {
        Write(Settings);
        _folder.WithFile("preprocessor_config.json", """{ "sampling_rate": 44100 }"""u8.ToArray());
        Refused("preprocessor_config.json", "sampling_rate: is 44100, only 16000 is known");
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("preprocessor_config.json")]
    [InlineData("model.safetensors")]
    public void Missing_files_are_named(string file)
    {
        Write(Settings);
        File.Delete(_folder.PathOf(file));
        Refused(file, "");
    }

    [Fact]
    public void Tensors_that_do_not_fit_are_named()
    {
        Write(Settings);
        var weights = Weights(HuggingFaceEncoder.ReadConfig(_folder.PathOf("")));
        var changed = new StateDict();
        foreach (var name in weights.Names.Where(name => name != "encoder.layer_norm.bias")) changed[name] = weights[name];
        changed["encoder.extra"] = new([1], 1);
        changed["feature_projection.projection.bias"] = new([1, 2], 2);
        Safetensors.Write(_folder.PathOf("model.safetensors"), changed);
        foreach (var part in new[] { "1 missing: encoder.layer_norm.bias [12]", "1 unexpected: encoder.extra [1]", "1 of another shape: feature_projection.projection.bias [2] instead of [12]" })
        {
            Refused("model.safetensors", part);
        }
    }

    private void Refused(string file, string problem)
    {
        var error = Assert.Throws<UnreadableFileException>(() => HuggingFaceEncoder.Read(_folder.PathOf("")));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private void Write(JsonObject settings, string prefix = "", bool newerWeightNorm = false, bool pytorch = false)
    {
        _folder.WithFile("config.json", JsonSerializer.SerializeToUtf8Bytes(settings));
        _folder.WithFile("preprocessor_config.json", """{ "do_normalize": false, "sampling_rate": 16000 }"""u8.ToArray());
        var weights = Weights(HuggingFaceEncoder.ReadConfig(_folder.PathOf("")));
        var written = new StateDict { [$"{prefix}masked_spec_embed"] = new(new float[12], 12), ["lm_head.weight"] = new(new float[24], 2, 12) };
        foreach (var name in weights.Names)
        {
            var spelled = !newerWeightNorm ? name
                : name.Replace(".weight_g", ".parametrizations.weight.original0", StringComparison.Ordinal).Replace(".weight_v", ".parametrizations.weight.original1", StringComparison.Ordinal);
            written[prefix + spelled] = weights[name];
        }

        if (pytorch) File.WriteAllBytes(_folder.PathOf("pytorch_model.bin"), PickleWriter.Checkpoint(written));
        else Safetensors.Write(_folder.PathOf("model.safetensors"), written);
    }

    private static StateDict Weights(AudioEncoderConfig config)
    {
        var weights = new StateDict();
        foreach (var parameter in AudioEncoder.Parameters(config))
        {
            var values = new float[parameter.Count];
            new SeededRandom(1, parameter.Name).FillGaussian(values);
            weights[parameter.Name] = new(values, parameter.Shape);
        }

        return weights;
    }
}

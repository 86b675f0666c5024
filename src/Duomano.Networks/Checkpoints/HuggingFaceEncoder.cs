using Duomano.Core.Files;
using Duomano.Networks.Configuration;
using Duomano.Networks.Encoders;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Checkpoints;

/// <summary>
/// An audio encoder as its makers publish it: a folder with config.json, preprocessor_config.json and model.safetensors or
/// pytorch_model.bin, HuBERT or wav2vec 2.0, with or without a head on top.
/// </summary>
/// <param name="Config">Sizes.</param>
/// <param name="Weights">The encoder's tensors, named as <see cref="AudioEncoder.Parameters"/> lists them.</param>
public sealed record HuggingFaceEncoder(AudioEncoderConfig Config, StateDict Weights)
{
    private const string ConfigName = "config.json";
    private const string PreprocessorName = "preprocessor_config.json";

    // What is trained around an encoder and has no part in its output.
    private static readonly string[] Heads = ["lm_head.", "quantizer.", "project_q.", "project_hid.", "projector.", "classifier.", "final_proj.", "label_embs_concat"];
    private static readonly string[] Prefixes = ["hubert.", "wav2vec2."];
    private static readonly string[] WeightNames = ["model.safetensors", "pytorch_model.bin"];

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UnreadableFileException">A file is missing, a setting is unknown, or tensors are missing, unexpected or of another shape.</exception>
    public static HuggingFaceEncoder Read(string folder)
    {
        var config = ReadConfig(folder);
        var path = WeightNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new UnreadableFileException(folder, "", "an audio encoder's folder has a model.safetensors or a pytorch_model.bin; there is neither");
        var all = Path.GetExtension(path) == ".bin" ? PyTorchCheckpoint.Read(path).StateDict : Safetensors.Read(path).Tensors;
        var weights = Named(all);
        if (AudioEncoder.Parameters(config).Mismatch(weights) is { } problem) throw new UnreadableFileException(path, "", problem);
        return new(config, weights);
    }

    /// <summary>Reads only what the folder says of sizes, not the weights.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UnreadableFileException">A file is missing or a setting is unknown.</exception>
    public static AudioEncoderConfig ReadConfig(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder)) throw new UnreadableFileException(folder, "", "there is no such folder");
        using var settings = EncoderSettings.Open(Path.Combine(folder, ConfigName));
        using var preprocessor = EncoderSettings.Open(Path.Combine(folder, PreprocessorName));
        preprocessor.Require("sampling_rate", AudioEncoderConfig.SampleRate);
        preprocessor.Require("feature_size", 1);
        return settings.Encoder(preprocessor.Flag("do_normalize", true));
    }

    /// <summary>The encoder's own tensors out of a checkpoint: prefixes off, weight norm in the older spelling, heads and masks left out.</summary>
    /// <param name="tensors">All tensors.</param>
    public static StateDict Named(StateDict tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var named = new StateDict();
        foreach (var name in tensors.Names)
        {
            var prefix = Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) ?? "";
            var plain = WeightNormNames.Normalize(name[prefix.Length..]);
            if (!IsUnused(plain)) named[plain] = tensors[name];
        }

        return named;
    }

    /// <summary>Whether a tensor of an encoder's checkpoint has no part in what the encoder tells.</summary>
    /// <param name="name">Its name without prefix.</param>
    public static bool IsUnused(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name == "masked_spec_embed" || Heads.Any(head => name.StartsWith(head, StringComparison.Ordinal));
    }
}

using Duomano.Core.Hands;
using Duomano.Networks.Configuration;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;
using Duomano.Training.Motion;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Published;

/// <summary>Both hands' position predictors with their audio encoders.</summary>
public sealed class SoundPredictors : IDisposable
{
    private readonly PositionConfig _config;
    private readonly ReferenceCompatibility _compatibility;
    private readonly TorchPrecision _precision;

    /// <summary>Makes predictors.</summary>
    /// <param name="config">Sizes, with an audio encoder.</param>
    /// <param name="training">What is as published.</param>
    /// <param name="seed">Of the fresh values.</param>
    /// <param name="precision">What matrices are multiplied in.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="ArgumentException">The predictor has no audio encoder.</exception>
    public SoundPredictors(PositionConfig config, SoundTraining training, long seed, TorchPrecision precision, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(training);
        if (config.AudioEncoder is null) throw new ArgumentException("A predictor that is trained from sound has an audio encoder.", nameof(config));
        (_config, _compatibility, _precision) = (config, training.Compatibility, precision);
        Parameters = new(PositionNetwork.Parameters(config, _compatibility), seed, device);
    }

    /// <summary>Their values, "left.…" and "right.…".</summary>
    public TwoHandParameters Parameters { get; }

    /// <summary>Gives both audio encoders the values of a pretrained one.</summary>
    /// <param name="weights">Names as in its maker's files, from "feature_extractor" on.</param>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public void LoadEncoders(StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        const string Prefix = PositionNetwork.AudioEncoderName + ".";
        foreach (var side in HandSides.Both)
        {
            var all = Parameters.Hands[side].Save();
            foreach (var name in weights.Names)
            {
                if (all.TryGet(Prefix + name, out _)) all[Prefix + name] = weights[name];
            }

            if (all.Names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !IsUnused(name)).FirstOrDefault(name => !weights.TryGet(name[Prefix.Length..], out _)) is { } missing)
            {
                throw new ArgumentException($"The encoder has no '{missing[Prefix.Length..]}'.", nameof(weights));
            }

            Parameters.Hands[side].Assign(all);
        }
    }

    /// <summary>Takes the convolutions over samples out of training, as published.</summary>
    public void FreezeExtractors()
    {
        foreach (var side in HandSides.Both) Parameters.Hands[side].Freeze($"{PositionNetwork.AudioEncoderName}.feature_extractor");
    }

    /// <summary>Positions and condition of a hand.</summary>
    /// <param name="batch">Windows.</param>
    /// <param name="side">The hand.</param>
    /// <param name="dropout">Whether dropout drops.</param>
    public PositionPrediction<torch.Tensor> Predict(SoundBatch batch, HandSide side, bool dropout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var parameters = Parameters.Hands[side];
        var network = new PositionNetwork<torch.Tensor>(new TorchOps(parameters, dropout, _precision), _config, _compatibility);
        return network.PredictFromSound(TorchTensors.From(batch.Sound, [batch.Count, batch.Sound.Length / batch.Count], parameters.Device), batch.Frames);
    }

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();

    // Published checkpoints carry these along; encoders' own files need not have them.
    private static bool IsUnused(string name) => name.Contains("lm_head", StringComparison.Ordinal) || name.Contains("masked_spec_embed", StringComparison.Ordinal);
}

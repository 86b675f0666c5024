using Duomano.Networks.Position;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Checkpoints;

/// <summary>The tensors of a published position predictor.</summary>
public static class PublishedPredictor
{
    private const string Encoder = PositionNetwork.AudioEncoderName + ".";

    /// <summary>The predictor's tensors under the names that our network asks for: weight norm in the older spelling, without what surrounds the audio encoder.</summary>
    /// <param name="tensors">A checkpoint's tensors, as "audio_encoder_cont.…", "transformer_encoder.…" and so on.</param>
    public static StateDict Named(StateDict tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var named = new StateDict();
        foreach (var name in tensors.Names)
        {
            var plain = WeightNormNames.Normalize(name);
            if (!plain.StartsWith(Encoder, StringComparison.Ordinal) || !HuggingFaceEncoder.IsUnused(plain[Encoder.Length..])) named[plain] = tensors[name];
        }

        return named;
    }
}

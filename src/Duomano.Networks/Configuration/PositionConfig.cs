using System.Text.Json.Serialization;
using static Duomano.Networks.Configuration.ConfigurationCheck;

namespace Duomano.Networks.Configuration;

/// <summary>Sizes of one hand's position predictor, after the audio encoder.</summary>
public sealed record PositionConfig
{
    /// <summary>Width of the audio encoder's output, or of our feature encoder's.</summary>
    public int InputWidth { get; init => field = Between(value, 1, 8192); } = 1024;

    /// <summary>Width of the transformer pair, a multiple of 4.</summary>
    public int FeatureDim { get; init => field = MultipleOf(value, 4, 8192); } = 512;

    /// <summary>Layers of each transformer stack.</summary>
    public int Layers { get; init => field = Between(value, 1, 64); } = 4;

    /// <summary>Feed-forward width of the transformer encoder.</summary>
    public int FeedForward { get; init => field = Between(value, 1, 65536); } = 2048;

    /// <summary>What is handed on as condition.</summary>
    public HiddenType HiddenType { get; init => field = Defined(value); } = HiddenType.AudioFeatures;

    /// <summary>Most frames in one go.</summary>
    public int MaxLength { get; init => field = Between(value, 1, 1_000_000); } = 900;

    /// <summary>Frames after which the biased mask takes its next step.</summary>
    public int Period { get; init => field = Between(value, 1, 1_000_000); } = 30;

    /// <summary>Share dropped while training.</summary>
    public float Dropout { get; init => field = Probability(value); } = 0.1f;

    /// <summary>An encoder of note features in the audio encoder's place, or none.</summary>
    public FeatureEncoderConfig? FeatureEncoder { get; init; }

    /// <summary>The audio encoder that is part of the predictor; null where its output, or note features, come in.</summary>
    public AudioEncoderConfig? AudioEncoder { get; init; }

    /// <summary>Width of the condition that is handed on.</summary>
    [JsonIgnore]
    public int CondWidth => HiddenType switch
    {
        HiddenType.AudioFeatures => InputWidth,
        HiddenType.FeatureMap => FeatureDim,
        _ => InputWidth + FeatureDim,
    };

    /// <summary>Checks what no single property can.</summary>
    /// <exception cref="ArgumentException">Two sizes do not go together.</exception>
    public void Validate()
    {
        AudioEncoder?.Validate();
        if (AudioEncoder is not null && FeatureEncoder is not null) throw new ArgumentException("A position predictor has an audio encoder or an encoder of note features, not both.");
        if (AudioEncoder is { } encoder && encoder.Width != InputWidth) throw new ArgumentException($"The audio encoder's width {encoder.Width} is not the predictor's input width {InputWidth}.");
    }
}

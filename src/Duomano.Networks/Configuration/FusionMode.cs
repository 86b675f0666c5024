using System.Text.Json.Serialization;

namespace Duomano.Networks.Configuration;

/// <summary>How the two hands' networks meet at the bottleneck; the numbers up to 4 are the published ones, the others are for comparison.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FusionMode>))]
public enum FusionMode
{
    /// <summary>Both bottleneck tensors are joined before the middle blocks.</summary>
    ConcatBeforeMiddle = 0,

    /// <summary>Both are joined before the last middle block.</summary>
    ConcatWithinMiddle = 1,

    /// <summary>Cross-attention to the other hand before the middle blocks.</summary>
    CrossAttentionBeforeMiddle = 2,

    /// <summary>Cross-attention to the other hand after the middle blocks.</summary>
    CrossAttentionAfterMiddle = 3,

    /// <summary>Hand-coordinated asymmetric attention after the middle blocks, the published choice.</summary>
    HandCoordinated = 4,

    /// <summary>The same attention with the own hand in the other one's place: as many numbers and as much work, and nothing is exchanged.</summary>
    OwnHandOnly = 5,

    /// <summary>The same attention with one set of projections for both hands: what the other hand is asked is what the own one is.</summary>
    Symmetric = 6,
}

/// <summary>What the gesture network does to its condition before the U-Net sees it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CondEncoder>))]
public enum CondEncoder
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A transformer encoder–decoder pair.</summary>
    Transformer,
}

/// <summary>What the position predictor hands on as condition.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HiddenType>))]
public enum HiddenType
{
    /// <summary>Its input, the audio encoder's output (published: audio_f).</summary>
    AudioFeatures,

    /// <summary>Its input mapped to the feature width (published: hidden_f).</summary>
    FeatureMap,

    /// <summary>Both joined, input first (published: both).</summary>
    Both,
}

using System.Text.Json.Serialization;

namespace Duomano.Networks.Configuration;

/// <summary>
/// Where the published implementation does something that looks unintended, one option each: <see cref="Published"/>
/// reproduces its numbers, <see cref="Ours"/> is what we think better. Weights fit the choice that they were trained with.
/// </summary>
public sealed record ReferenceCompatibility
{
    /// <summary>When the decoder's self-attention has the biased causal mask. Published: for a batch of one only. Ours: never.</summary>
    public DecoderMask DecoderMask { get; init; } = DecoderMask.Never;

    /// <summary>Whether parameters that nothing uses are part of the network, as in the published checkpoints. Ours: no.</summary>
    public bool UnusedParameters { get; init; }

    /// <summary>Whether the right hand's sampling starts from a copy of the left hand's noise. Ours: from its own.</summary>
    public bool SharedInitialNoise { get; init; }

    /// <summary>Whether waveforms are normalised over the whole batch together. Ours: each by itself.</summary>
    public bool BatchWaveformNormalization { get; init; }

    /// <summary>Our choices.</summary>
    public static ReferenceCompatibility Ours { get; } = new();

    /// <summary>The published implementation's behaviour.</summary>
    public static ReferenceCompatibility Published { get; } = new()
    {
        DecoderMask = DecoderMask.BatchOfOne,
        UnusedParameters = true,
        SharedInitialNoise = true,
        BatchWaveformNormalization = true,
    };
}

/// <summary>When decoders are masked.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DecoderMask>))]
public enum DecoderMask
{
    /// <summary>Every frame sees every frame.</summary>
    Never,

    /// <summary>With a batch of exactly one, a frame sees only the past.</summary>
    BatchOfOne,
}

using System.Text.Json.Serialization;
using static Duomano.Networks.Configuration.ConfigurationCheck;

namespace Duomano.Networks.Configuration;

/// <summary>Sizes of a HuBERT (Hsu et al. 2021) or wav2vec 2.0 (Baevski et al. 2020) encoder, which are of one kind.</summary>
public sealed record AudioEncoderConfig
{
    /// <summary>Samples a second of the sound that every such encoder takes.</summary>
    public const int SampleRate = 16000;

    /// <summary>Channels after each convolution over samples.</summary>
    public IReadOnlyList<int> ConvWidths { get; init => field = Sizes(value, 65536); } = [512, 512, 512, 512, 512, 512, 512];

    /// <summary>Taps of each.</summary>
    public IReadOnlyList<int> ConvKernels { get; init => field = Sizes(value, 1024); } = [10, 3, 3, 3, 3, 2, 2];

    /// <summary>Step of each.</summary>
    public IReadOnlyList<int> ConvStrides { get; init => field = Sizes(value, 1024); } = [5, 2, 2, 2, 2, 2, 2];

    /// <summary>Whether the convolutions have offsets.</summary>
    public bool ConvBias { get; init; }

    /// <summary>How the convolutions are normalised.</summary>
    public ExtractorNorm ExtractorNorm { get; init => field = Defined(value); } = ExtractorNorm.FirstLayerGroups;

    /// <summary>Whether the extracted features are normalised before they are projected to <see cref="Width"/>.</summary>
    public bool ProjectionNorm { get; init; } = true;

    /// <summary>Width of the transformer and of the result.</summary>
    public int Width { get; init => field = Between(value, 1, 8192); } = 768;

    /// <summary>Transformer layers.</summary>
    public int Layers { get; init => field = Between(value, 1, 128); } = 12;

    /// <summary>Attention heads, a divisor of the width.</summary>
    public int Heads { get; init => field = Between(value, 1, 256); } = 12;

    /// <summary>Width inside the transformer's feed-forward parts.</summary>
    public int FeedForward { get; init => field = Between(value, 1, 65536); } = 3072;

    /// <summary>Taps of the convolution that tells positions.</summary>
    public int PositionKernel { get; init => field = Between(value, 1, 4096); } = 128;

    /// <summary>Its channel groups, a divisor of the width.</summary>
    public int PositionGroups { get; init => field = Between(value, 1, 8192); } = 16;

    /// <summary>Whether layers normalise what comes in (the large models of 2021) or what goes out (base).</summary>
    public bool PreNorm { get; init; }

    /// <summary>Whether sound is brought to mean 0 and variance 1 before.</summary>
    public bool NormalizesSound { get; init; } = true;

    /// <summary>The published base models: width 768, 12 layers.</summary>
    public static AudioEncoderConfig Base { get; } = new();

    /// <summary>The published large models: width 1024, 24 layers.</summary>
    public static AudioEncoderConfig Large { get; } = new()
    {
        ConvBias = true,
        ExtractorNorm = ExtractorNorm.EveryLayer,
        Width = 1024,
        Layers = 24,
        Heads = 16,
        FeedForward = 4096,
        PreNorm = true,
    };

    /// <summary>Fewest samples that give a frame.</summary>
    [JsonIgnore]
    public int LeastSamples
    {
        get
        {
            var samples = 1;
            for (var i = ConvKernels.Count - 1; i >= 0; i--) samples = (samples - 1) * ConvStrides[i] + ConvKernels[i];
            return samples;
        }
    }

    /// <summary>Checks what no single property can.</summary>
    /// <exception cref="ArgumentException">Two sizes do not go together.</exception>
    public void Validate()
    {
        if (ConvWidths.Count != ConvKernels.Count || ConvWidths.Count != ConvStrides.Count)
        {
            throw new ArgumentException($"The extractor has {ConvWidths.Count} widths, {ConvKernels.Count} kernels and {ConvStrides.Count} strides, where as many are needed.");
        }

        if (Width % Heads != 0) throw new ArgumentException($"Width {Width} is no multiple of {Heads} heads.");
        if (Width % PositionGroups != 0) throw new ArgumentException($"Width {Width} is no multiple of {PositionGroups} groups of the positional convolution.");
    }

    private static IReadOnlyList<int> Sizes(IReadOnlyList<int> values, int most)
    {
        ArgumentNullException.ThrowIfNull(values);
        Between(values.Count, 1, 16);
        foreach (var value in values) Between(value, 1, most);
        return [.. values];
    }
}

/// <summary>Where an encoder's convolutions over samples are normalised.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExtractorNorm>))]
public enum ExtractorNorm
{
    /// <summary>After the first convolution, each channel over time (published: group).</summary>
    FirstLayerGroups,

    /// <summary>After every convolution, each frame over channels (published: layer).</summary>
    EveryLayer,
}

using static Duomano.Networks.Configuration.ConfigurationCheck;

namespace Duomano.Networks.Configuration;

/// <summary>Sizes of the encoder of note features. Its width is the one that its owner needs.</summary>
public sealed record FeatureEncoderConfig
{
    /// <summary>Numbers a frame that come in.</summary>
    public required int Features { get; init => field = Between(value, 1, 65536); }

    /// <summary>Residual blocks; the dilation is 1, 2, 4, … from block to block.</summary>
    public int Blocks { get; init => field = Between(value, 1, 12); } = 5;

    /// <summary>Taps of each convolution, odd.</summary>
    public int Kernel
    {
        get;
        init => field = value % 2 == 1 ? Between(value, 1, 63) : throw new ArgumentOutOfRangeException(nameof(Kernel), value, "Kernel must be odd.");
    } = 7;

    /// <summary>Share dropped while training.</summary>
    public float Dropout { get; init => field = Probability(value); } = 0.1f;
}

using System.Text.Json.Serialization;
using static Duomano.Networks.Configuration.ConfigurationCheck;

namespace Duomano.Networks.Configuration;

/// <summary>Sizes of one hand's gesture network. The defaults are the published recipe's.</summary>
public sealed record UNetConfig
{
    /// <summary>Channels of the first level, a multiple of 8.</summary>
    public int Dim { get; init => field = MultipleOf(value, 8, 4096); } = 256;

    /// <summary>Channels after each level, in multiples of <see cref="Dim"/>.</summary>
    public IReadOnlyList<int> Multipliers
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            Between(value.Count, 1, 8);
            foreach (var multiplier in value) Between(multiplier, 1, 64);
            field = [.. value];
        }
    } = [1, 2, 4, 8];

    /// <summary>Pose numbers a frame.</summary>
    public int Channels { get; init => field = Between(value, 1, 4096); } = 48;

    /// <summary>Width of the condition; a multiple of 4 where a transformer encodes it.</summary>
    public int CondWidth { get; init => field = Between(value, 1, 8192); } = 1024;

    /// <summary>Guide numbers a frame: own and other hand's position; 0 for no guide.</summary>
    public int GuideWidth { get; init => field = Between(value, 0, 1024); } = 6;

    /// <summary>Whether the noisy pose is mapped to the condition's width on its way in.</summary>
    public bool MapsPose { get; init; } = true;

    /// <summary>How the condition is encoded.</summary>
    public CondEncoder CondEncoder { get; init => field = Defined(value); } = CondEncoder.Transformer;

    /// <summary>Layers of each of the condition's transformer stacks.</summary>
    public int CondLayers { get; init => field = Between(value, 1, 64); } = 4;

    /// <summary>Feed-forward width of the condition's transformer encoder.</summary>
    public int CondFeedForward { get; init => field = Between(value, 1, 65536); } = 2048;

    /// <summary>How the hands meet.</summary>
    public FusionMode Fusion { get; init => field = Defined(value); } = FusionMode.HandCoordinated;

    /// <summary>Most frames in one go.</summary>
    public int MaxLength { get; init => field = Between(value, 1, 1_000_000); } = 900;

    /// <summary>Frames after which the biased mask takes its next step.</summary>
    public int Period { get; init => field = Between(value, 1, 1_000_000); } = 30;

    /// <summary>Share dropped in the condition's transformer while training.</summary>
    public float Dropout { get; init => field = Probability(value); } = 0.1f;

    /// <summary>An encoder of note features that makes the condition; none if the condition comes made.</summary>
    public FeatureEncoderConfig? FeatureEncoder { get; init; }

    /// <summary>Width of the embedded diffusion step.</summary>
    [JsonIgnore]
    public int TimeWidth => 4 * Dim;

    /// <summary>Channels at the bottleneck.</summary>
    [JsonIgnore]
    public int BottleneckWidth => Dim * Multipliers[^1];

    /// <summary>Number of levels.</summary>
    [JsonIgnore]
    public int Levels => Multipliers.Count;

    /// <summary>What the number of frames must be a multiple of.</summary>
    [JsonIgnore]
    public int FrameMultiple => 1 << (Levels - 1);

    /// <summary>Width of what comes in as condition: note features, or the made condition.</summary>
    [JsonIgnore]
    public int InputWidth => FeatureEncoder?.Features ?? CondWidth;

    /// <summary>Channels that a level comes from and goes to.</summary>
    public (int Inner, int Outer) LevelWidths(int level) => (level == 0 ? Dim : Dim * Multipliers[level - 1], Dim * Multipliers[level]);

    /// <summary>Checks what no single property can.</summary>
    /// <exception cref="ArgumentException">Two sizes do not go together.</exception>
    public void Validate()
    {
        if (CondEncoder == CondEncoder.Transformer && CondWidth % 4 != 0)
        {
            throw new ArgumentException($"CondWidth {CondWidth} must be a multiple of 4 for the condition's transformer.");
        }
    }
}

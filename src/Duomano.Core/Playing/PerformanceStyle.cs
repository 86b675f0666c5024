using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;

namespace Duomano.Core.Playing;

/// <summary>How somebody plays: build of the hands and habits of moving them. Values outside their range are refused.</summary>
public sealed record PerformanceStyle
{
    private readonly float _handSize = 1;
    private readonly float _wristHeight = 0.052f;
    private readonly float _fingerCurl = 0.45f;
    private readonly float _liftHeight = 0.012f;
    private readonly float _legato = 1;
    private readonly float _anticipationSeconds = 0.35f;
    private readonly float _timingSpread;
    private readonly float _wristExpressiveness = 0.5f;
    private readonly float _liftExpressiveness = 0.5f;

    /// <summary>A pianist's usual hand and moderate habits.</summary>
    public static PerformanceStyle Neutral { get; } = new();

    /// <summary>Quiet hands close to the keys.</summary>
    public static PerformanceStyle Calm { get; } = new()
    {
        WristHeight = 0.046f,
        FingerCurl = 0.35f,
        LiftHeight = 0.008f,
        Legato = 1,
        AnticipationSeconds = 0.5f,
        TimingSpread = 0.002f,
        WristExpressiveness = 0.2f,
        LiftExpressiveness = 0.25f,
    };

    /// <summary>Large gestures and high fingers.</summary>
    public static PerformanceStyle Virtuoso { get; } = new()
    {
        HandSize = 1.05f,
        WristHeight = 0.056f,
        FingerCurl = 0.5f,
        LiftHeight = 0.018f,
        Legato = 0.95f,
        AnticipationSeconds = 0.25f,
        TimingSpread = 0.004f,
        WristExpressiveness = 1,
        LiftExpressiveness = 0.9f,
    };

    /// <summary>The named styles.</summary>
    public static IReadOnlyDictionary<string, PerformanceStyle> Named { get; } = new Dictionary<string, PerformanceStyle>
    {
        ["calm"] = Calm,
        ["neutral"] = Neutral,
        ["virtuoso"] = Virtuoso,
    };

    /// <summary>The hands' proportions.</summary>
    public HandBuild Build { get; init; }

    /// <summary>Size of the hands, times that of their build: 0.7 to 1.4.</summary>
    public float HandSize { get => _handSize; init => _handSize = Within(value, HandSkeleton.SmallestSize, HandSkeleton.LargestSize, nameof(HandSize)); }

    /// <summary>The hands of this build and size.</summary>
    internal PerHand<HandSkeleton> Hands => TwoHandClip.SkeletonsOfSize(HandSize, Build);

    /// <summary>Height of the wrist joint above the white keys, metres, for a hand of size 1: 0.04 to 0.08.</summary>
    public float WristHeight { get => _wristHeight; init => _wristHeight = Within(value, 0.04f, 0.08f, nameof(WristHeight)); }

    /// <summary>How far the resting fingers' middle joints are bent, radians: 0.3 to 1.1.</summary>
    public float FingerCurl { get => _fingerCurl; init => _fingerCurl = Within(value, 0.3f, 1.1f, nameof(FingerCurl)); }

    /// <summary>How high a finger is lifted before a stroke of middling loudness, metres: 0.004 to 0.03.</summary>
    public float LiftHeight { get => _liftHeight; init => _liftHeight = Within(value, 0.004f, 0.03f, nameof(LiftHeight)); }

    /// <summary>For what share of its written length a key is held: 0.5 to 1.</summary>
    public float Legato { get => _legato; init => _legato = Within(value, 0.5f, 1, nameof(Legato)); }

    /// <summary>How early the hand starts for its next place where time allows, seconds: 0.1 to 0.8.</summary>
    public float AnticipationSeconds { get => _anticipationSeconds; init => _anticipationSeconds = Within(value, 0.1f, 0.8f, nameof(AnticipationSeconds)); }

    /// <summary>Standard deviation of the strokes' moments around the written ones, seconds: 0 to 0.012.</summary>
    public float TimingSpread { get => _timingSpread; init => _timingSpread = Within(value, 0, 0.012f, nameof(TimingSpread)); }

    /// <summary>How much the wrist rises before strokes, sinks with them and leans to the playing finger: 0 to 1.</summary>
    public float WristExpressiveness { get => _wristExpressiveness; init => _wristExpressiveness = Within(value, 0, 1, nameof(WristExpressiveness)); }

    /// <summary>How much the height of lifts differs with loudness: 0 to 1.</summary>
    public float LiftExpressiveness { get => _liftExpressiveness; init => _liftExpressiveness = Within(value, 0, 1, nameof(LiftExpressiveness)); }

    /// <summary>Which random timing is drawn. A style with its seed makes the same clip of the same notes, always.</summary>
    public long Seed { get; init; }

    /// <summary>Draws a pianist: every value from the part of its range that people show.</summary>
    public static PerformanceStyle Random(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new()
        {
            HandSize = (float)Math.Clamp(1 + 0.06 * random.NextGaussian(), 0.9, 1.18),
            WristHeight = (float)random.Uniform(0.043, 0.058),
            FingerCurl = (float)random.Uniform(0.32, 0.6),
            LiftHeight = (float)random.Uniform(0.007, 0.018),
            Legato = (float)random.Uniform(0.93, 1),
            AnticipationSeconds = (float)random.Uniform(0.22, 0.55),
            TimingSpread = (float)random.Uniform(0, 0.006),
            WristExpressiveness = (float)random.Uniform(0, 1),
            LiftExpressiveness = (float)random.Uniform(0, 1),
            Seed = (long)(random.NextUInt64() >> 1),
        };
    }

    private static float Within(float value, float low, float high, string name) =>
        value >= low && value <= high ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {low} to {high}.");
}

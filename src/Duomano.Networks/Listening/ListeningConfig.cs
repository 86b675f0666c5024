using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Duomano.Core.Keyboard;

namespace Duomano.Networks.Listening;

/// <summary>Sizes of the listening network: its constant-Q front end and the convolutions behind it.</summary>
public sealed record ListeningConfig
{
    /// <summary>Samples a second that the front end is made for.</summary>
    public int SampleRate { get; init => field = AtLeast(value, 1); } = 16000;

    /// <summary>Samples from one frame to the next.</summary>
    public int HopSamples { get; init => field = AtLeast(value, 1); } = 320;

    /// <summary>Frequency bins a semitone; odd, so that the middle one lies on the key's pitch.</summary>
    public int BinsPerSemitone { get; init => field = Odd(value); } = 3;

    /// <summary>Frequency bins in all, upwards from just below A0.</summary>
    public int Bins { get; init => field = AtLeast(value, 1); } = 296;

    /// <summary>Periods of a bin's frequency that its window spans: many separate neighbouring pitches, few tell time better.</summary>
    public double WindowPeriods { get; init => field = Positive(value); } = 36;

    /// <summary>Samples of the shortest window.</summary>
    public int ShortestWindow { get; init => field = AtLeast(value, 2); } = 512;

    /// <summary>Samples of the longest window.</summary>
    public int LongestWindow { get; init => field = AtLeast(value, 2); } = 8192;

    /// <summary>The same for the second set of windows, which is short, to tell when strings are struck.</summary>
    public double AttackPeriods { get; init => field = Positive(value); } = 12;

    /// <summary>Samples of the longest window of the second set.</summary>
    public int LongestAttackWindow { get; init => field = AtLeast(value, 2); } = 2048;

    /// <summary>Frequency ratios at which the network sees a key's partials.</summary>
    public IReadOnlyList<double> Harmonics { get; init => field = NotEmpty(value); } = [0.5, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>Frequency ratios at which it sees them through the second set of windows.</summary>
    public IReadOnlyList<double> AttackHarmonics { get; init => field = NotEmpty(value); } = [1, 2, 3, 4];

    /// <summary>Channels of the first layer, at full frequency resolution.</summary>
    public int HarmonicChannels { get; init => field = AtLeast(value, 1); } = 16;

    /// <summary>Channels a key.</summary>
    public int KeyChannels { get; init => field = AtLeast(value, 1); } = 48;

    /// <summary>Channels that a key shows to the other keys.</summary>
    public int ShownChannels { get; init => field = AtLeast(value, 1); } = 24;

    /// <summary>Numbers that each key remembers from frame to frame.</summary>
    public int KeyMemory { get; init => field = AtLeast(value, 1); } = 48;

    /// <summary>Distances, in frames, of the taps of the temporal layers; a list for each comparison of keys, whose layers follow it.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Dilations { get; init => field = NotEmpty(value); } = [[1, 2], [4, 8], [1, 3]];

    /// <summary>Channels of what all keys together tell: which harmony it is and how loud, what the room and the pedal do.</summary>
    public int SceneChannels { get; init => field = AtLeast(value, 1); } = 256;

    /// <summary>Channels in which each key tells of itself, and is told of the others.</summary>
    public int ToldChannels { get; init => field = AtLeast(value, 1); } = 8;

    /// <summary>Numbers that are remembered of what all keys together tell.</summary>
    public int SceneMemory { get; init => field = AtLeast(value, 1); } = 128;

    /// <summary>Distances, in frames, of the taps of the temporal layers of what all keys together tell.</summary>
    public IReadOnlyList<int> SceneDilations { get; init => field = NotEmpty(value); } = [2, 8];

    /// <summary>Frequency of a bin, Hz.</summary>
    /// <param name="bin">0 to <see cref="Bins"/> − 1.</param>
    public double Frequency(int bin) =>
        27.5 * Math.Pow(2, (bin - BinsPerSemitone / 2) / (12.0 * BinsPerSemitone));

    /// <summary>Window length of a bin, samples.</summary>
    /// <param name="bin">0 to <see cref="Bins"/> − 1.</param>
    /// <param name="isAttack">Whether of the second set of windows.</param>
    public double WindowSamples(int bin, bool isAttack = false)
    {
        var (periods, longest) = isAttack ? (AttackPeriods, LongestAttackWindow) : (WindowPeriods, LongestWindow);
        return Math.Clamp(periods * SampleRate / Frequency(bin), ShortestWindow, Math.Max(ShortestWindow, longest));
    }

    /// <summary>The bin in the middle of a key's bins.</summary>
    public int BinOf(PianoKey key) => key.Index * BinsPerSemitone + BinsPerSemitone / 2;

    /// <summary>Frames on either side that an output frame depends on, without the windows themselves and what is remembered.</summary>
    [JsonIgnore]
    public int ContextFrames => 2 + Dilations.Sum(group => group.Sum()) + SceneDilations.Sum();

    /// <summary>Whole hops on either side of a frame's moment that its windows reach.</summary>
    [JsonIgnore]
    public int ContextHops => HopsToReach(Math.Max(ShortestWindow, Math.Max(LongestWindow, LongestAttackWindow)));

    /// <summary>Seconds from one frame to the next.</summary>
    [JsonIgnore]
    public double FrameSeconds => HopSamples / (double)SampleRate;

    internal int HopsToReach(double window) => (int)Math.Ceiling(Math.Ceiling(window / 2) / HopSamples);

    private static int AtLeast(int value, int least, [CallerMemberName] string name = "") =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");

    private static int Odd(int value, [CallerMemberName] string name = "") =>
        value >= 1 && value % 2 == 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be odd.");

    private static double Positive(double value, [CallerMemberName] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0.");

    private static IReadOnlyList<TItem> NotEmpty<TItem>(IReadOnlyList<TItem> value, [CallerMemberName] string name = "") =>
        value is { Count: > 0 } ? value : throw new ArgumentException($"{name} must not be empty.", name);
}

using Duomano.Core.Fingering;

namespace Duomano.Core.Performing;

/// <summary>
/// What one hand's keys around a moment are, as numbers for a network: where the hand is expected (the anchor), where the
/// keys of near and farther past and future are from there, and for each finger the key it holds or held last and its next
/// two, each fading with the time until or since.
/// </summary>
internal sealed class PostureFeatures
{
    /// <summary>How many numbers a moment has.</summary>
    public const int Count = GeneralCount + KernelCount * 2 * 3 + 5 * FingerCount + 2;

    private const int GeneralCount = 3;
    private const int KernelCount = 4;
    private const int FingerCount = 17;

    // The keys of so many presses before and after a moment are looked at.
    private const int Around = 24;

    // A hand's middle is expected at each of its keys less this for the finger, thumb first, metres.
    private static readonly float[] FingerPlaces = [-0.058f, -0.026f, 0, 0.024f, 0.050f];

    private static readonly double[] Kernels = [0.05, 0.15, 0.4, 1];

    // How fast a key stops counting for the anchor: seconds until and since.
    private const double AnchorUntil = 0.25;
    private const double AnchorSince = 0.35;

    private const double FarthestGap = 0.6;

    private readonly FingerPress[] _presses;
    private readonly double[] _centres;
    private readonly FingerPress[][] _byFinger;
    private readonly double[][] _centresByFinger;

    /// <summary>Prepares a hand.</summary>
    /// <param name="presses">All its presses, in any order.</param>
    public PostureFeatures(IEnumerable<FingerPress> presses)
    {
        _presses = [.. presses.OrderBy(press => press.Press).ThenBy(press => press.X)];
        _centres = [.. _presses.Select(Centre)];
        _byFinger = [.. Fingers.All.Select(finger => _presses.Where(press => press.Finger == finger).ToArray())];
        _centresByFinger = [.. _byFinger.Select(own => own.Select(Centre).ToArray())];
    }

    /// <summary>Whether the hand plays anything at all.</summary>
    public bool IsEmpty => _presses.Length == 0;

    /// <summary>Where the hand's middle is expected at a moment from its keys alone, metres.</summary>
    public double Anchor(double time) => Anchor(time, Begun(_presses, time), out _);

    /// <summary>Computes the numbers of a moment.</summary>
    /// <param name="time">Seconds.</param>
    /// <param name="other">The other hand's anchor, in its own right-hand frame; null where it plays nothing.</param>
    /// <param name="features">Receives <see cref="Count"/> numbers.</param>
    /// <returns>The anchor.</returns>
    public double Find(double time, double? other, Span<float> features)
    {
        var begun = Begun(_presses, time);
        var anchor = Anchor(time, begun, out var presence);
        features[0] = (float)(anchor / 0.5);
        features[1] = (float)Math.Min(1, presence);
        features[2] = (float)(Math.Log(presence + 1e-3) / 5);
        AddKernels(time, begun, anchor, features.Slice(GeneralCount, KernelCount * 2 * 3));
        for (var slot = 0; slot < 5; slot++) AddFinger(slot, time, anchor, features.Slice(GeneralCount + KernelCount * 2 * 3 + slot * FingerCount, FingerCount));
        var gap = other is { } away ? Math.Clamp(anchor + away, 0, FarthestGap) : FarthestGap;
        features[^2] = (float)(gap / 0.2);
        features[^1] = (float)Math.Exp(-gap / 0.1);
        return anchor;
    }

    private static double Centre(FingerPress press) => press.X - FingerPlaces[(int)press.Finger - 1];

    // How many presses have begun by a moment.
    private static int Begun(FingerPress[] presses, double time)
    {
        var (low, high) = (0, presses.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (presses[middle].Press <= time + 1e-9) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private (int First, int End) Near(int begun) => (Math.Max(0, begun - Around), Math.Min(_presses.Length, begun + Around));

    private double Anchor(double time, int begun, out double presence)
    {
        var (sum, weights) = (0.0, 1e-300);
        presence = 0;
        var (first, end) = Near(begun);
        for (var i = first; i < end; i++)
        {
            var (until, since) = (Math.Max(_presses[i].Press - time, 0), Math.Max(time - _presses[i].Release, 0));
            var weight = Math.Exp(-until / AnchorUntil - since / AnchorSince);
            presence += weight;
            // Far from all keys the hand is still expected where the nearest ones are.
            weight += 1e-9 * Math.Exp(-(until + since) / 20);
            sum += weight * _centres[i];
            weights += weight;
        }

        return sum / weights;
    }

    private void AddKernels(double time, int begun, double anchor, Span<float> features)
    {
        Span<double> sums = stackalloc double[KernelCount * 2 * 3];
        sums.Clear();
        var (first, end) = Near(begun);
        for (var i = first; i < end; i++)
        {
            ref readonly var press = ref _presses[i];
            var future = press.Press > time;
            var away = future ? press.Press - time : Math.Max(time - press.Release, 0);
            for (var k = 0; k < KernelCount; k++)
            {
                var weight = Math.Exp(-away / Kernels[k]);
                var at = (k * 2 + (future ? 1 : 0)) * 3;
                sums[at] += weight * (_centres[i] - anchor);
                sums[at + 1] += weight;
                if (press.IsBlack) sums[at + 2] += weight;
            }
        }

        for (var at = 0; at < sums.Length; at += 3)
        {
            var weight = sums[at + 1];
            features[at] = (float)(sums[at] / (weight + 1e-3) / 0.05);
            features[at + 1] = (float)(weight / (weight + 0.5));
            features[at + 2] = (float)(sums[at + 2] / (weight + 1e-3));
        }
    }

    private void AddFinger(int slot, double time, double anchor, Span<float> features)
    {
        features.Clear();
        var (presses, centres) = (_byFinger[slot], _centresByFinger[slot]);
        var begun = Begun(presses, time);
        if (begun > 0)
        {
            var last = presses[begun - 1];
            var (since, released) = (time - last.Press, Math.Max(time - last.Release, 0));
            var held = time < last.Release - 1e-9 ? 1.0 : 0;
            var (fading, away) = (Math.Exp(-released / 0.5), Away(centres[begun - 1]));
            var quickly = Math.Exp(-released / 0.12);
            Write(features[..8], held, Math.Exp(-since / 0.1), Math.Exp(-released / 0.15), fading, fading * away, quickly * away, last.IsBlack ? held : 0, last.IsBlack ? fading : 0);
        }

        if (begun < presses.Length)
        {
            var until = presses[begun].Press - time;
            var (growing, soon, away) = (Math.Exp(-until / 0.5), Math.Exp(-until / 0.12), Away(centres[begun]));
            var black = presses[begun].IsBlack ? 1.0 : 0;
            Write(features.Slice(8, 7), Math.Exp(-until / 0.06), Math.Exp(-until / 0.2), growing, growing * away, soon * away, growing * black, soon * black);
        }

        if (begun + 1 < presses.Length)
        {
            var growing = Math.Exp(-(presses[begun + 1].Press - time) / 0.5);
            Write(features.Slice(15, 2), growing, growing * Away(centres[begun + 1]));
        }

        double Away(double centre) => Math.Clamp(centre - anchor, -0.25, 0.25) / 0.05;
    }

    private static void Write(Span<float> target, params ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++) target[i] = (float)values[i];
    }
}

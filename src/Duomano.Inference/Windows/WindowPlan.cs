namespace Duomano.Inference.Windows;

/// <summary>
/// Cuts a sequence of any length into windows of one length that overlap, and joins what is computed for each window
/// with raised-cosine weights: where two windows overlap, one fades out as the other fades in, with no jump in value or
/// slope. Used at every denoising step on the whole sequence (Bar-Tal et al. 2023, "MultiDiffusion"), neighbouring
/// windows agree on one motion instead of being cross-faded afterwards.
/// </summary>
public sealed class WindowPlan
{
    private readonly int[] _starts;
    private readonly float[] _totalWeight;

    /// <summary>Plans windows.</summary>
    /// <param name="length">Frames of the sequence, at least 1.</param>
    /// <param name="window">Frames of a window.</param>
    /// <param name="overlap">Least frames that neighbours share, at most half a window.</param>
    public WindowPlan(int length, int window, int overlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlap, window / 2);
        Length = length;
        Window = window;
        PaddedLength = Math.Max(length, window);

        // As few windows as keep the overlap, spread evenly.
        var count = 1 + (int)Math.Ceiling((PaddedLength - window) / (double)(window - overlap));
        _starts = [.. Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)Math.Round(i * (PaddedLength - window) / (double)(count - 1)))];
        _totalWeight = new float[PaddedLength];
        for (var index = 0; index < count; index++)
        {
            for (var i = 0; i < window; i++) _totalWeight[_starts[index] + i] += Weight(index, i);
        }
    }

    /// <summary>Frames of the sequence.</summary>
    public int Length { get; }

    /// <summary>Frames of a window.</summary>
    public int Window { get; }

    /// <summary>The sequence's length, or a window's if that is longer.</summary>
    public int PaddedLength { get; }

    /// <summary>First frame of each window.</summary>
    public IReadOnlyList<int> Starts => _starts;

    /// <summary>Share of a window's frame in the joined result; the shares of all windows at a frame sum to 1.</summary>
    public float Share(int index, int frame) => Weight(index, frame) / _totalWeight[_starts[index] + frame];

    // Rises over exactly the frames shared with the window before and falls over those shared with the next.
    private float Weight(int index, int frame)
    {
        var weight = 1f;
        if (index > 0) weight *= Ramp(frame, _starts[index - 1] + Window - _starts[index]);
        if (index < _starts.Length - 1) weight *= Ramp(Window - 1 - frame, _starts[index] + Window - _starts[index + 1]);
        return weight;
    }

    private static float Ramp(int frame, int shared)
    {
        if (frame >= shared) return 1;
        var sine = MathF.Sin(MathF.PI / 2 * (frame + 1) / (shared + 1));
        return sine * sine;
    }

    /// <summary>Copies a window out of a channel-first sequence.</summary>
    /// <param name="sequence">[channels, <see cref="PaddedLength"/>].</param>
    /// <param name="index">Which window.</param>
    /// <param name="window">Receives [channels, <see cref="Window"/>].</param>
    public void Gather(ReadOnlySpan<float> sequence, int index, Span<float> window)
    {
        var channels = sequence.Length / PaddedLength;
        for (var channel = 0; channel < channels; channel++)
        {
            sequence.Slice(channel * PaddedLength + _starts[index], Window).CopyTo(window[(channel * Window)..]);
        }
    }

    /// <summary>Copies a window out of a frame-major sequence.</summary>
    /// <param name="sequence">[<see cref="PaddedLength"/>, columns].</param>
    /// <param name="index">Which window.</param>
    /// <returns>[<see cref="Window"/>, columns].</returns>
    public float[] Rows(float[] sequence, int index)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        var columns = sequence.Length / PaddedLength;
        return sequence.AsSpan(_starts[index] * columns, Window * columns).ToArray();
    }

    /// <summary>Joins what was computed frame-major for each window.</summary>
    /// <param name="windows">Each [<see cref="Window"/>, columns].</param>
    /// <returns>[<see cref="PaddedLength"/>, columns].</returns>
    public float[] Join(IReadOnlyList<float[]> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (windows.Count != _starts.Length) throw new ArgumentException($"{windows.Count} windows are not the plan's {_starts.Length}.", nameof(windows));
        var columns = windows[0].Length / Window;
        var joined = new float[PaddedLength * columns];
        for (var index = 0; index < windows.Count; index++)
        {
            for (var i = 0; i < Window; i++)
            {
                var share = Share(index, i);
                var target = joined.AsSpan((_starts[index] + i) * columns, columns);
                for (var column = 0; column < columns; column++) target[column] += windows[index][i * columns + column] * share;
            }
        }

        return joined;
    }

    /// <summary>Adds a window's share to a channel-first sequence that starts at zero.</summary>
    /// <param name="window">[channels, <see cref="Window"/>].</param>
    /// <param name="index">Which window.</param>
    /// <param name="sequence">[channels, <see cref="PaddedLength"/>].</param>
    public void AddShare(ReadOnlySpan<float> window, int index, Span<float> sequence)
    {
        var channels = sequence.Length / PaddedLength;
        Span<float> shares = Window <= 1024 ? stackalloc float[Window] : new float[Window];
        for (var i = 0; i < Window; i++) shares[i] = Share(index, i);
        for (var channel = 0; channel < channels; channel++)
        {
            var source = window.Slice(channel * Window, Window);
            var target = sequence.Slice(channel * PaddedLength + _starts[index], Window);
            for (var i = 0; i < Window; i++) target[i] += source[i] * shares[i];
        }
    }
}

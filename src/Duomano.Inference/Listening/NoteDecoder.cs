using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Networks.Listening;

namespace Duomano.Inference.Listening;

/// <summary>
/// Turns the listening network's outputs into notes and pedal, frame by frame: a note starts at a peak of the onset
/// probability, moved by the heard onset time, and ends about when its key no longer counts as held, at the moment around there in
/// which it is likeliest to have come up, or when it is struck again.
/// </summary>
public sealed class NoteDecoder
{
    private readonly NoteDecoderOptions _options;
    private readonly double _frameSeconds;
    private readonly Key[] _keys = new Key[PianoKey.Count];
    private readonly int _reach;

    // The last releases of all keys, a row a frame, the frames one after the other and over again.
    private readonly float[] _releases;
    private readonly List<Note> _notes = [];
    private readonly List<PedalChange> _pedal = [];
    private int _frame;
    private bool _pedalIsDown;

    /// <summary>Starts at frame 0, with no key down.</summary>
    /// <param name="options">Thresholds.</param>
    /// <param name="frameSeconds">Seconds from one frame to the next.</param>
    public NoteDecoder(NoteDecoderOptions options, double frameSeconds)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (frameSeconds is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(frameSeconds), frameSeconds, "A frame lasts between 0 and 1 s.");
        _options = options;
        _frameSeconds = frameSeconds;
        _reach = (int)Math.Round(options.ReleaseReach / frameSeconds);
        _releases = new float[(2 * _reach + 1) * PianoKey.Count];
    }

    /// <summary>Decodes outputs that are there in full.</summary>
    /// <param name="activations">[outputs, frames, 88].</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="frameSeconds">Seconds from one frame to the next.</param>
    public static IReadOnlyList<Note> Decode(ReadOnlySpan<float> activations, int frames, NoteDecoderOptions options, double frameSeconds)
    {
        var decoder = new NoteDecoder(options, frameSeconds);
        decoder.Push(activations, frames, frames);
        return decoder.Finish().Notes;
    }

    /// <summary>Takes the next frames.</summary>
    /// <param name="activations">[outputs, frames, 88], as <see cref="ListeningNetwork"/> numbers the outputs.</param>
    /// <param name="frames">Number of frames in the array.</param>
    /// <param name="count">How many of them to take, from the first.</param>
    public void Push(ReadOnlySpan<float> activations, int frames, int count)
    {
        var plane = frames * PianoKey.Count;
        if (activations.Length != ListeningNetwork.Outputs * plane)
        {
            throw new ArgumentException($"{frames} frames have {ListeningNetwork.Outputs * plane} outputs, not {activations.Length}.", nameof(activations));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, frames);
        for (var frame = 0; frame < count; frame++)
        {
            activations.Slice(ListeningNetwork.Release * plane + frame * PianoKey.Count, PianoKey.Count).CopyTo(Releases(_frame));
            for (var key = 0; key < PianoKey.Count; key++)
            {
                var at = frame * PianoKey.Count + key;
                Step(key, new Outputs(
                    activations[ListeningNetwork.Onset * plane + at],
                    activations[ListeningNetwork.Held * plane + at],
                    activations[ListeningNetwork.OnsetTime * plane + at],
                    activations[ListeningNetwork.Velocity * plane + at]));
            }

            FollowPedal(activations[ListeningNetwork.Pedal * plane + frame * PianoKey.Count]);
            _frame++;
        }
    }

    /// <summary>Ends all notes, lifts the pedal and gives everything.</summary>
    public Score Finish()
    {
        // One silent frame lets a peak in the very last frame be seen.
        Releases(_frame).Clear();
        for (var key = 0; key < PianoKey.Count; key++)
        {
            Step(key, default);
            if (_keys[key].Crossing is not null) Release(key);
            End(key, _frame * _frameSeconds);
        }

        FollowPedal(0);
        _frame++;
        return new Score(_notes, _pedal);
    }

    // It goes down and up where the probability is clear of the threshold, so that it does not flutter.
    private void FollowPedal(float probability)
    {
        var isDown = probability >= _options.PedalThreshold + (_pedalIsDown ? -_options.PedalMargin : _options.PedalMargin);
        if (isDown == _pedalIsDown) return;
        _pedalIsDown = isDown;
        _pedal.Add(new(_frame * _frameSeconds, isDown ? 127 : 0));
    }

    private void Step(int index, Outputs now)
    {
        ref var key = ref _keys[index];
        var peak = key.Last;
        if (peak.Onset >= _options.OnsetThreshold && peak.Onset >= key.BeforeLast.Onset && peak.Onset > now.Onset) Strike(index, peak);
        if (key.IsDown) Follow(index, now);
        key.BeforeLast = key.Last;
        key.Last = now;
    }

    // The peak was one frame ago.
    private void Strike(int index, Outputs peak)
    {
        ref var key = ref _keys[index];
        var onset = Math.Max(0, (_frame - 1 + Math.Clamp(peak.OnsetTime, -1.5f, 1.5f)) * _frameSeconds);
        if (key.WasStruck && onset - key.Onset < _options.ShortestRepetition) return;
        if (key.IsDown) End(index, Math.Min(onset, key.Crossing ?? onset));
        key.IsDown = key.WasStruck = true;
        key.WasHeld = peak.Held >= _options.HeldThreshold;
        key.Onset = onset;
        key.Velocity = Math.Clamp((int)MathF.Round(peak.Velocity * 127), 1, 127);
    }

    private void Follow(int index, Outputs now)
    {
        ref var key = ref _keys[index];
        if (key.Crossing is not null)
        {
            if (_frame >= key.CrossingFrame + _reach) Release(index);
            return;
        }

        if (now.Held >= _options.HeldThreshold)
        {
            key.WasHeld = true;
            return;
        }

        var time = _frame * _frameSeconds;
        if (!key.WasHeld)
        {
            if (time - key.Onset > _options.HeldDelay) End(index, key.Onset + _options.ShortestNote);
            return;
        }

        // Where the probability crossed the threshold between the last frame and this one.
        var fall = key.Last.Held - now.Held;
        var share = fall > 0 ? Math.Clamp((key.Last.Held - _options.HeldThreshold) / fall, 0, 1) : 0;
        key.Crossing = time - (1 - share) * _frameSeconds;
        key.CrossingFrame = _frame;
        if (_reach == 0) Release(index);
    }

    // The likeliest moment of coming up around the one from which the key no longer counts as held; that one where none is likely.
    private void Release(int index)
    {
        ref var key = ref _keys[index];
        var crossing = key.Crossing!.Value;
        var (first, last) = (Math.Max(key.CrossingFrame - _reach, (int)Math.Ceiling((key.Onset + _options.ShortestNote) / _frameSeconds)), Math.Min(_frame, key.CrossingFrame + _reach));
        var (best, at) = ((float)_options.ReleaseThreshold, -1);
        for (var frame = Math.Max(0, first); frame <= last; frame++)
        {
            if (Releases(frame)[index] is var release && release > best) (best, at) = (release, frame);
        }

        if (at < 0)
        {
            End(index, crossing);
            return;
        }

        // Between the frames, by how likely the neighbours are.
        var (before, after) = (at > Math.Max(0, first) ? Releases(at - 1)[index] : 0, at < last ? Releases(at + 1)[index] : 0);
        End(index, (at + (after - before) / (before + best + after)) * _frameSeconds);
    }

    private Span<float> Releases(int frame) => _releases.AsSpan(frame % (2 * _reach + 1) * PianoKey.Count, PianoKey.Count);

    private void End(int index, double time)
    {
        ref var key = ref _keys[index];
        if (!key.IsDown) return;
        key.IsDown = false;
        key.Crossing = null;
        _notes.Add(new Note(key.Onset, Math.Max(time, key.Onset + _options.ShortestNote), PianoKey.All[index], key.Velocity));
    }

    private readonly record struct Outputs(float Onset, float Held, float OnsetTime, float Velocity);

    private struct Key
    {
        public Outputs Last;
        public Outputs BeforeLast;
        public bool IsDown;
        public bool WasStruck;
        public bool WasHeld;
        public double Onset;

        // From when on the key no longer counts as held, seconds, once that is seen, and in which frame.
        public double? Crossing;
        public int CrossingFrame;
        public int Velocity;
    }
}

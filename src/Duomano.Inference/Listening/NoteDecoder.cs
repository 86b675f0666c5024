using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Networks.Listening;

namespace Duomano.Inference.Listening;

/// <summary>
/// Turns the listening network's outputs into notes and pedal, frame by frame: a note starts at a peak of the onset
/// probability, moved by the heard onset time, and ends when its key no longer counts as held, or is struck again.
/// </summary>
public sealed class NoteDecoder
{
    private readonly NoteDecoderOptions _options;
    private readonly double _frameSeconds;
    private readonly Key[] _keys = new Key[PianoKey.Count];
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
        for (var key = 0; key < PianoKey.Count; key++)
        {
            Step(key, default);
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
        if (key.IsDown) End(index, onset);
        key.IsDown = key.WasStruck = true;
        key.WasHeld = peak.Held >= _options.HeldThreshold;
        key.Onset = onset;
        key.Velocity = Math.Clamp((int)MathF.Round(peak.Velocity * 127), 1, 127);
    }

    private void Follow(int index, Outputs now)
    {
        ref var key = ref _keys[index];
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
        End(index, time - (1 - share) * _frameSeconds);
    }

    private void End(int index, double time)
    {
        ref var key = ref _keys[index];
        if (!key.IsDown) return;
        key.IsDown = false;
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
        public int Velocity;
    }
}

using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Networks.Listening;

namespace Duomano.Training.Listening;

/// <summary>What the listening network should have said, for consecutive frames of one piece.</summary>
public sealed class ListeningTargets
{
    private const double Reach = 1.5;

    private readonly float[] _values;

    private ListeningTargets(int frames)
    {
        Frames = frames;
        _values = new float[ListeningNetwork.Outputs * frames * PianoKey.Count];
    }

    /// <summary>Number of frames.</summary>
    public int Frames { get; }

    /// <summary>
    /// [outputs, frames, 88]. Onset and release are 1 in the frame nearest to a strike or to a key's coming up, falling to 0 one
    /// and a half frames away; the regressions count where onset is above 0.
    /// </summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>One output, [frames, 88].</summary>
    /// <param name="output">One of the network's outputs.</param>
    public ReadOnlySpan<float> this[int output] => Plane(output);

    /// <summary>Works them out.</summary>
    /// <param name="recording">What is played.</param>
    /// <param name="firstFrame">The first frame's number in the piece.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="frameSeconds">Seconds from one frame to the next; frame i is the moment i · <paramref name="frameSeconds"/>.</param>
    public static ListeningTargets Of(ListeningRecording recording, int firstFrame, int frames, double frameSeconds)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var targets = new ListeningTargets(frames);
        var notes = recording.Score.Notes;
        for (var i = 0; i < notes.Count; i++)
        {
            var onset = notes[i].Onset / frameSeconds - firstFrame;
            if (onset - Reach >= frames) break;
            targets.Add(notes[i], onset, notes[i].Offset / frameSeconds - firstFrame, recording.SoundingUntil[i] / frameSeconds - firstFrame);
        }

        var pedal = new PedalTimes(recording.Score.Pedal);
        for (var frame = 0; frame < frames; frame++)
        {
            if (pedal.IsDown((frame + firstFrame) * frameSeconds)) targets.Plane(ListeningNetwork.Pedal).Slice(frame * PianoKey.Count, PianoKey.Count).Fill(1);
        }

        return targets;
    }

    private void Add(Note note, double onset, double offset, double silence)
    {
        var key = note.Key.Index;
        Fill(ListeningNetwork.Held, key, onset, offset);
        Fill(ListeningNetwork.Sounding, key, onset, silence);
        var onsets = Plane(ListeningNetwork.Onset);
        var releases = Plane(ListeningNetwork.Release);
        foreach (var frame in Near(offset))
        {
            ref var release = ref releases[frame * PianoKey.Count + key];
            release = Math.Max(release, Nearness(frame, offset));
        }

        foreach (var frame in Near(onset))
        {
            var at = frame * PianoKey.Count + key;
            var strength = Nearness(frame, onset);
            if (strength <= onsets[at]) continue;
            onsets[at] = strength;
            Plane(ListeningNetwork.OnsetTime)[at] = (float)(onset - frame);
            Plane(ListeningNetwork.Velocity)[at] = note.Velocity / 127f;
        }
    }

    private void Fill(int output, int key, double from, double until)
    {
        var first = (int)Math.Floor(from + 0.5);
        var plane = Plane(output);
        for (var frame = Math.Max(0, first); frame < Math.Min(Frames, Math.Max(until, first + 1)); frame++) plane[frame * PianoKey.Count + key] = 1;
    }

    private IEnumerable<int> Near(double moment)
    {
        for (var frame = Math.Max(0, (int)Math.Ceiling(moment - Reach)); frame < Frames && frame < moment + Reach; frame++) yield return frame;
    }

    private static float Nearness(int frame, double moment) => (float)Math.Min(1, Reach - Math.Abs(frame - moment));

    private Span<float> Plane(int output) => _values.AsSpan(output * Frames * PianoKey.Count, Frames * PianoKey.Count);
}

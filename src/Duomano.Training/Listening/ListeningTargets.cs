using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Training.Listening;

/// <summary>What the listening network should have said, for consecutive frames of one piece; all arrays [frames, 88].</summary>
public sealed class ListeningTargets
{
    private const double OnsetReach = 1.5;

    private ListeningTargets(int frames)
    {
        Frames = frames;
        Onset = new float[frames * PianoKey.Count];
        Held = new float[frames * PianoKey.Count];
        OnsetTime = new float[frames * PianoKey.Count];
        Velocity = new float[frames * PianoKey.Count];
    }

    /// <summary>Number of frames.</summary>
    public int Frames { get; }

    /// <summary>1 in the frame nearest to a strike, falling to 0 one and a half frames away; the regressions count where it is above 0.</summary>
    public float[] Onset { get; }

    /// <summary>1 while the key is down.</summary>
    public float[] Held { get; }

    /// <summary>Near a strike, where it lies relative to the frame's moment, in frames.</summary>
    public float[] OnsetTime { get; }

    /// <summary>Near a strike, MIDI velocity over 127.</summary>
    public float[] Velocity { get; }

    /// <summary>Works them out.</summary>
    /// <param name="notes">Notes in the order of their onsets.</param>
    /// <param name="firstFrame">The first frame's number in the piece.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="frameSeconds">Seconds from one frame to the next; frame i is the moment i · <paramref name="frameSeconds"/>.</param>
    public static ListeningTargets Of(IReadOnlyList<Note> notes, int firstFrame, int frames, double frameSeconds)
    {
        ArgumentNullException.ThrowIfNull(notes);
        var targets = new ListeningTargets(frames);
        foreach (var note in notes)
        {
            var onset = note.Onset / frameSeconds - firstFrame;
            if (onset - OnsetReach >= frames) break;
            targets.Add(note, onset, note.Offset / frameSeconds - firstFrame);
        }

        return targets;
    }

    private void Add(Note note, double onset, double offset)
    {
        var key = note.Key.Index;
        var held = (int)Math.Floor(onset + 0.5);
        for (var frame = Math.Max(0, held); frame < Math.Min(Frames, Math.Max(offset, held + 1)); frame++) Held[frame * PianoKey.Count + key] = 1;
        for (var frame = Math.Max(0, (int)Math.Ceiling(onset - OnsetReach)); frame < Frames && frame < onset + OnsetReach; frame++)
        {
            var at = frame * PianoKey.Count + key;
            var strength = (float)Math.Min(1, OnsetReach - Math.Abs(frame - onset));
            if (strength <= Onset[at]) continue;
            Onset[at] = strength;
            OnsetTime[at] = (float)(onset - frame);
            Velocity[at] = note.Velocity / 127f;
        }
    }
}

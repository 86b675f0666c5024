using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Core.Motion;

/// <summary>How far down each key is over time, from the notes: it arrives at the bottom with the note's onset.</summary>
public static class KeyMotion
{
    private const double PressTime = 0.040;
    private const double ReleaseTime = 0.060;

    /// <summary>For each key that is played, (time, 0 up to 1 down) corners of its movement, times strictly increasing from 0.</summary>
    /// <param name="notes">What is played.</param>
    /// <param name="duration">When the motion ends, seconds; what begins later is left out.</param>
    public static Dictionary<PianoKey, List<(float Time, float Depth)>> From(IEnumerable<Note> notes, double duration) =>
        notes.Where(note => note.Onset < duration)
            .GroupBy(note => note.Key)
            .ToDictionary(group => group.Key, group => Corners(Held(group, duration), duration));

    // Times the key is held, without overlaps.
    private static List<(double On, double Off)> Held(IEnumerable<Note> notes, double duration)
    {
        var held = new List<(double On, double Off)>();
        foreach (var note in notes.OrderBy(note => note.Onset))
        {
            var off = Math.Min(note.Offset, duration);
            if (held.Count > 0 && note.Onset <= held[^1].Off) held[^1] = (held[^1].On, Math.Max(held[^1].Off, off));
            else held.Add((note.Onset, off));
        }

        return held;
    }

    private static List<(float Time, float Depth)> Corners(List<(double On, double Off)> held, double duration)
    {
        var corners = new List<(float Time, float Depth)>();
        var first = held[0].On;
        if (first > PressTime) Add(0, 0);
        Add(Math.Max(0, first - PressTime), Math.Max(0, 1 - first / PressTime));
        for (var i = 0; i < held.Count; i++)
        {
            var (on, off) = held[i];
            Add(on, 1);
            Add(off, 1);
            var free = (i + 1 < held.Count ? held[i + 1].On : double.PositiveInfinity) - off;
            if (free >= PressTime + ReleaseTime)
            {
                Add(off + ReleaseTime, 0);
                if (i + 1 < held.Count) Add(held[i + 1].On - PressTime, 0);
            }
            else
            {
                // Struck again before it is up.
                Add(off + free * ReleaseTime / (PressTime + ReleaseTime), 1 - free / (PressTime + ReleaseTime));
            }
        }

        return corners;

        void Add(double time, double depth)
        {
            var corner = ((float)Math.Min(time, duration + ReleaseTime), (float)Math.Clamp(depth, 0, 1));
            if (corners.Count > 0 && corner.Item1 <= corners[^1].Time) corners[^1] = (corners[^1].Time, Math.Max(corner.Item2, corners[^1].Depth));
            else corners.Add(corner);
        }
    }
}

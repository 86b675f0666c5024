using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Training.Motion;

namespace Duomano.Training.Ablation;

/// <summary>
/// Hands that depend on each other, as a control: both wrists of a clip go slowly in and out of the keys together, in a way that
/// nothing tells but the other hand. What is exchanged between hands must show here if it shows anywhere.
/// </summary>
public static class SwayingHands
{
    private const int Waves = 3;
    private const double Slowest = 0.05, Fastest = 0.4;

    /// <summary>An example that sways.</summary>
    /// <param name="example">The example; its predicted wrists do not know.</param>
    /// <param name="metres">Root mean square of the way.</param>
    /// <param name="seed">Equal seeds sway alike.</param>
    public static MotionExample Of(MotionExample example, double metres, long seed)
    {
        ArgumentNullException.ThrowIfNull(example);
        var clip = example.Clip;
        var way = Way(clip.FrameCount, clip.Fps, metres, new(seed, "sway"));
        return example with
        {
            Clip = new(clip.Hands.Map(track => Moved(track, way)), clip.Skeletons, clip.Fps, clip.Notes) { Pedal = clip.Pedal, Seen = clip.Seen },
        };
    }

    private static float[] Way(int frames, double fps, double metres, SeededRandom random)
    {
        var way = new float[frames];
        for (var wave = 0; wave < Waves; wave++)
        {
            var speed = 2 * Math.PI * (Slowest + (Fastest - Slowest) * random.NextDouble()) / fps;
            var phase = 2 * Math.PI * random.NextDouble();
            for (var frame = 0; frame < frames; frame++) way[frame] += (float)(metres * Math.Sqrt(2.0 / Waves) * Math.Sin(speed * frame + phase));
        }

        return way;
    }

    private static HandTrack Moved(HandTrack track, float[] way)
    {
        var moved = track.Translations.ToArray();
        for (var frame = 0; frame < way.Length; frame++) moved[frame * 3 + 2] += way[frame];
        return new(moved, track.Rotations);
    }
}

using Duomano.Core.Music;

namespace Duomano.Core.Motion;

public sealed partial class TwoHandClip
{
    /// <summary>The same motion with the pedal's movements.</summary>
    /// <param name="pedal">By time, seconds.</param>
    public TwoHandClip WithPedal(IReadOnlyList<PedalChange> pedal) => new(Hands, Skeletons, Fps, Notes) { Pedal = pedal, Seen = Seen };

    /// <summary>How far the sustain pedal is down at every frame.</summary>
    /// <returns>[frames] 0 (up) to 127 (down).</returns>
    public int[] PedalFrames()
    {
        var values = new int[FrameCount];
        var next = 0;
        for (var frame = 0; frame < values.Length; frame++)
        {
            values[frame] = frame > 0 ? values[frame - 1] : 0;
            for (; next < Pedal.Count && Pedal[next].Time <= (frame + 0.5) / Fps; next++) values[frame] = Pedal[next].Value;
        }

        return values;
    }
}

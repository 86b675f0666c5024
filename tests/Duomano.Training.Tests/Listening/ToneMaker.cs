using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Training.Listening;

namespace Duomano.Training.Tests.Listening;

/// <summary>Synthetic strings: a few decaying partials a note.</summary>
internal static class ToneMaker
{
    public const int Rate = 16000;

    /// <summary>Sound left as it is.</summary>
    public static readonly SoundVariation None = new()
    {
        ColourShare = 1,
        TrebleCutShare = 0,
        EvennessShare = 0,
        LowestGain = 0,
        HighestGain = 0,
        Tilt = 0,
        Ripple = 0,
        Roughness = 0,
        BassCut = 0,
        RoomShare = 0,
        NoiseShare = 0,
        HumShare = 0,
        ClippingShare = 0,
    };

    public static Note Note(double onset, double offset, int midi, int velocity = 90) => new(onset, offset, new PianoKey(midi), velocity);

    public static float[] Render(Score score, double seconds)
    {
        var samples = new float[(int)(seconds * Rate)];
        foreach (var note in score.Notes)
        {
            var frequency = 440 * Math.Pow(2, (note.Key.Midi - 69) / 12.0);
            for (var i = (int)(note.Onset * Rate); i < samples.Length; i++)
            {
                var t = i / (double)Rate - note.Onset;
                var released = Math.Max(0, i / (double)Rate - note.Offset);
                var envelope = Math.Min(1, t / 0.004) * Math.Exp(-2 * t - 40 * released) * note.Velocity / 127.0 * 0.2;
                for (var partial = 1; partial <= 5 && partial * frequency < Rate / 2.2; partial++)
                {
                    samples[i] += (float)(envelope / partial * Math.Sin(2 * Math.PI * partial * frequency * t));
                }
            }
        }

        return samples;
    }
}

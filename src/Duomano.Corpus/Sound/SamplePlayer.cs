using Duomano.Core.Music;

namespace Duomano.Corpus.Sound;

/// <summary>
/// Plays plain samples: each note its sample, at its own pitch and loudness, until the damper falls on the string, which
/// the pedal puts off and the highest strings do not have.
/// </summary>
internal static class SamplePlayer
{
    // Strings from F♯6 on are short enough to need no damper.
    private const int FirstUndamped = 90;

    // A pedal half way down makes damping this much slower, just before it counts as down.
    private const double SlowestDamping = 6;

    // A string struck again loses what it was sounding in about this time, seconds for 60 dB.
    private const double Restrike = 0.12;

    // What is this much softer is not heard any more.
    private const double Inaudible = 1e-4;

    /// <summary>Renders a score.</summary>
    /// <exception cref="Core.Files.UnreadableFileException">A sample cannot be read.</exception>
    public static float[] Render(Score score, SampledInstrument instrument, SoundSettings settings, double seconds, CancellationToken cancellation)
    {
        var output = new float[(int)Math.Round(seconds * Instruments.SampleRate)];
        var cents = settings.KeyCents();
        var pedal = new PedalTimes(score.Pedal);
        foreach (var sameKey in score.Notes.GroupBy(note => note.Key))
        {
            Note[] notes = [.. sameKey.OrderBy(note => note.Onset)];
            for (var i = 0; i < notes.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var note = notes[i];
                var (region, sample) = instrument.Find(note.Key, note.Velocity);
                var pitch = 100 * (note.Key.Midi - region.Center) + region.TuneCents + cents[note.Key.Index];
                var damped = note.Key.Midi >= FirstUndamped ? double.PositiveInfinity : pedal.LiftedFrom(note.Offset);
                var release = region.Release * Math.Pow(SlowestDamping, Math.Min(1, pedal.ValueAt(damped) / 64.0));
                if (i + 1 < notes.Length && notes[i + 1].Onset < damped) (damped, release) = (notes[i + 1].Onset, Restrike);
                var gain = (float)(region.Gain(note.Velocity) * sample.Scale);
                if (settings.ChorusLevel == 0)
                {
                    Add(output, sample.Values, note.Onset, damped, release, pitch, gain);
                    continue;
                }

                // Two strings a little apart.
                foreach (var side in (ReadOnlySpan<int>)[-1, 1]) Add(output, sample.Values, note.Onset, damped, release, pitch + side * settings.ChorusLevel, gain / 2);
            }
        }

        return output;
    }

    private static void Add(float[] output, short[] sample, double onset, double damped, double release, double cents, float gain)
    {
        var step = Math.Pow(2, cents / 1200);
        var start = onset * Instruments.SampleRate;
        var first = (int)Math.Ceiling(start);
        var position = (first - start) * step;
        var fall = damped * Instruments.SampleRate;
        var keep = (float)Math.Pow(10, -3 / (release * Instruments.SampleRate));
        var level = gain;
        for (var i = first; i < output.Length && position < sample.Length - 1; i++, position += step)
        {
            if (i >= fall && (level *= keep) < Inaudible * gain) break;
            output[i] += level * Between(sample, position);
        }
    }

    // Cubic through four samples (Catmull and Rom 1974).
    private static float Between(short[] sample, double position)
    {
        var whole = (int)position;
        var t = (float)(position - whole);
        float before = whole > 0 ? sample[whole - 1] : 0, a = sample[whole], b = sample[whole + 1], after = whole + 2 < sample.Length ? sample[whole + 2] : 0;
        return a + 0.5f * t * (b - before + t * (2 * before - 5 * a + 4 * b - after + t * (3 * (a - b) + after - before)));
    }
}

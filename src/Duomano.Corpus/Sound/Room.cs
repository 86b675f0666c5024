using Duomano.Core.Numerics;

namespace Duomano.Corpus.Sound;

/// <summary>
/// Reverberation by a network of delay lines that feed each other (Jot and Chaigne 1991, "Digital delay networks for
/// designing artificial reverberators"): eight of them, mixed without loss by a Hadamard matrix, damped more in the treble.
/// </summary>
internal sealed class Room
{
    private const int Lines = 8;

    private readonly float[][] _lines = new float[Lines][];
    private readonly int[] _at = new int[Lines];
    private readonly float[] _gains = new float[Lines];
    private readonly float[] _lowPassed = new float[Lines];
    private readonly float _damping;

    private Room(double size, SeededRandom random, int sampleRate)
    {
        // Walls 2 m to 20 m apart; sound takes 3 ms a metre. Prime-like, unequal delays keep the echoes apart.
        var mean = (2 + 18 * size) / 343 * sampleRate;
        var decay = 0.15 + 2.4 * Math.Pow(size, 1.5);
        for (var i = 0; i < Lines; i++)
        {
            var length = Math.Max(8, (int)(mean * (0.55 + 0.12 * i) * random.Uniform(0.95, 1.05)) | 1);
            _lines[i] = new float[length];
            _gains[i] = (float)Math.Pow(10, -3 * length / (decay * sampleRate));
        }

        _damping = (float)random.Uniform(0.15, 0.5);
    }

    /// <summary>Adds the room to a recording, in place.</summary>
    /// <param name="samples">Mono samples.</param>
    /// <param name="settings">The room.</param>
    /// <param name="sampleRate">Hz.</param>
    public static void Apply(Span<float> samples, SoundSettings settings, int sampleRate)
    {
        if (settings.ReverbLevel == 0) return;
        var level = (float)(settings.ReverbLevel / Loudness(settings, sampleRate));
        var room = Make(settings, sampleRate);
        for (var i = 0; i < samples.Length; i++) samples[i] += level * room.Next(samples[i]);
    }

    // Root of the energy of what a click leaves behind.
    private static double Loudness(SoundSettings settings, int sampleRate)
    {
        var room = Make(settings, sampleRate);
        var energy = 0.0;
        for (var i = 0; i < 3 * sampleRate; i++)
        {
            var sample = room.Next(i == 0 ? 1 : 0);
            energy += sample * sample;
        }

        return Math.Sqrt(energy);
    }

    private static Room Make(SoundSettings settings, int sampleRate) => new(settings.RoomSize, new SeededRandom(settings.Seed, "room"), sampleRate);

    private float Next(float input)
    {
        Span<float> mixed = stackalloc float[Lines];
        var output = 0f;
        for (var i = 0; i < Lines; i++)
        {
            var echo = _lines[i][_at[i]];
            _lowPassed[i] += (1 - _damping) * (echo - _lowPassed[i]);
            mixed[i] = _gains[i] * _lowPassed[i];
            output += (i & 1) == 0 ? echo : -echo;
        }

        Hadamard(mixed);
        for (var i = 0; i < Lines; i++)
        {
            // The last bits of a sound that dies away would be slow to compute with.
            var fed = mixed[i] + input;
            _lines[i][_at[i]] = MathF.Abs(fed) < 1e-15f ? 0 : fed;
            if (++_at[i] == _lines[i].Length) _at[i] = 0;
        }

        return output;
    }

    private static void Hadamard(Span<float> values)
    {
        for (var step = 1; step < Lines; step *= 2)
        {
            for (var i = 0; i < Lines; i++)
            {
                if ((i & step) != 0) continue;
                (values[i], values[i + step]) = (values[i] + values[i + step], values[i] - values[i + step]);
            }
        }

        var scale = 1 / MathF.Sqrt(Lines);
        for (var i = 0; i < Lines; i++) values[i] *= scale;
    }
}

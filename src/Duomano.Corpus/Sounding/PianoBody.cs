using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Corpus.Sound;

namespace Duomano.Corpus.Sounding;

/// <summary>
/// What samples of single notes lack of a piano: soft blows that sound duller and not just softer, strings that sound along
/// while the pedal keeps the dampers off them, and the noise of keys and of the pedal.
/// </summary>
internal sealed record PianoBody
{
    // Velocities up to these are rendered together and dulled alike.
    private static readonly int[] Touches = [34, 50, 68, 127];

    // From this velocity on a blow is as bright as the sample.
    private const double Bright = 84;

    // Above this the blow decides what is heard, Hz.
    private const double Treble = 1200;

    // Seconds in which the lowest and the highest string lose 60 dB, and any string under its damper.
    private const double LongestRinging = 9, ShortestRinging = 0.8, Damped = 0.25;

    // Seconds in which the dampers leave the strings or fall.
    private const double DamperTravel = 0.02;

    // No string above this is heard to sound along, Hz.
    private const double HighestPartial = 4000;

    /// <summary>How far the treble of a blow that can hardly be heard is below the sample's, dB.</summary>
    public double DullnessDb { get; init; }

    /// <summary>Loudness of what sounds along against what is played while the pedal is down, dB; none if null.</summary>
    public double? ResonanceDb { get; init; }

    /// <summary>Loudness of a key's noise against the loudest sample of the piece, dB; none if null.</summary>
    public double? NoiseDb { get; init; }

    /// <summary>A piano; each of the three may be missing.</summary>
    public static PianoBody Draw(SeededRandom random) => new()
    {
        DullnessDb = random.NextDouble() < 0.7 ? random.Uniform(3, 20) : 0,
        ResonanceDb = random.NextDouble() < 0.6 ? random.Uniform(-30, -12) : null,
        NoiseDb = random.NextDouble() < 0.6 ? random.Uniform(-62, -38) : null,
    };

    /// <summary>Lets a score sound.</summary>
    /// <param name="played">What is played.</param>
    /// <param name="settings">On which instrument.</param>
    /// <param name="seconds">Length of the result.</param>
    /// <param name="random">Decides the noise.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Mono samples at <see cref="Instruments.SampleRate"/>, as loud as they come out.</returns>
    public float[] Render(Score played, SoundSettings settings, double seconds, SeededRandom random, CancellationToken cancellation = default)
    {
        var samples = DullnessDb > 0 ? Blows(played, settings, seconds, cancellation) : Instruments.Render(played, settings, seconds, cancellation);
        if (ResonanceDb is { } resonance) SoundAlong(samples, played.Pedal, resonance);
        if (NoiseDb is { } noise) AddNoise(samples, played, noise, random);
        return samples;
    }

    private float[] Blows(Score played, SoundSettings settings, double seconds, CancellationToken cancellation)
    {
        var all = new float[(int)Math.Round(seconds * Instruments.SampleRate)];
        var softest = 0;
        foreach (var hardest in Touches)
        {
            var (low, high) = (softest, hardest);
            softest = hardest + 1;
            var notes = played.Notes.Where(note => note.Velocity >= low && note.Velocity <= high).ToList();
            if (notes.Count == 0) continue;
            var samples = Instruments.Render(new Score(notes, played.Pedal), settings, seconds, cancellation);
            var decibels = DullnessDb * Math.Max(0, 1 - notes.Average(note => note.Velocity) / Bright);
            if (decibels > 0) TrebleShelf.Apply(samples, Treble, 1, (float)Math.Pow(10, -decibels / 20), Instruments.SampleRate);
            for (var i = 0; i < all.Length; i++) all[i] += samples[i];
        }

        return all;
    }

    // Each string is a resonator at its first and second partial, driven by all that sounds while its damper is off.
    private static void SoundAlong(float[] samples, IReadOnlyList<PedalChange> changes, double decibels)
    {
        var pedal = new PedalTimes(changes);
        var strings = Strings();
        var along = new float[samples.Length];
        var (travel, damping) = ((float)(1 / (DamperTravel * Instruments.SampleRate)), Keep(Damped));
        var (open, played, heard) = (0f, 0.0, 0.0);
        var isDown = false;
        for (var i = 0; i < samples.Length; i++)
        {
            if (i % 64 == 0) isDown = pedal.IsDown(i / (double)Instruments.SampleRate);
            open = isDown ? Math.Min(1, open + travel) : Math.Max(0, open - travel);
            along[i] = strings.Next(open * samples[i], open > 0 ? 1 : damping);
            if (open == 0) continue;
            played += samples[i] * samples[i];
            heard += along[i] * along[i];
        }

        if (heard == 0) return;
        var level = (float)(Math.Pow(10, decibels / 20) * Math.Sqrt(played / heard));
        for (var i = 0; i < samples.Length; i++) samples[i] += level * along[i];
    }

    private static Resonators Strings()
    {
        var partials = new List<(double Hz, double Seconds)>();
        foreach (var key in PianoKey.All)
        {
            var fundamental = 440 * Math.Pow(2, (key.Midi - 69) / 12.0);
            var seconds = LongestRinging * Math.Pow(ShortestRinging / LongestRinging, key.Index / (PianoKey.Count - 1.0));
            foreach (var partial in (ReadOnlySpan<int>)[1, 2])
            {
                if (partial * fundamental < HighestPartial) partials.Add((partial * fundamental, seconds / partial));
            }
        }

        return new Resonators(partials);
    }

    // A key's felt and wood, when it reaches its bed and when it comes back; the dampers, when the pedal moves them.
    private static void AddNoise(float[] samples, Score played, double decibels, SeededRandom random)
    {
        var level = Math.Pow(10, decibels / 20) * samples.Select(MathF.Abs).DefaultIfEmpty().Max();
        foreach (var note in played.Notes)
        {
            Thump(samples, note.Onset + random.Uniform(-0.004, 0.008), level * note.Velocity / 64.0, 0.012, random.Uniform(300, 900), random);
            Thump(samples, note.Offset + random.Uniform(0, 0.02), level * random.Uniform(0.4, 1.4), 0.02, random.Uniform(250, 700), random);
        }

        foreach (var change in played.Pedal) Thump(samples, change.Time, level * random.Uniform(0.3, 1.5), 0.07, random.Uniform(120, 400), random);
    }

    private static void Thump(float[] samples, double time, double level, double decay, double hertz, SeededRandom random)
    {
        var (first, fall, smoothing) = ((int)(time * Instruments.SampleRate), (float)Math.Exp(-1 / (decay * Instruments.SampleRate)), TrebleShelf.Smoothing(hertz, Instruments.SampleRate));
        // What the smoothing leaves of white noise has less power.
        var loudness = (float)(level * Math.Sqrt((2 - smoothing) / smoothing) * Math.Pow(10, random.NextGaussian() * 3 / 20));
        var low = 0f;
        for (var i = Math.Max(0, first); i < Math.Min(samples.Length, first + (int)(6 * decay * Instruments.SampleRate)); i++, loudness *= fall)
        {
            low += smoothing * (loudness * (float)random.NextGaussian() - low);
            samples[i] += low;
        }
    }

    private static float Keep(double seconds) => (float)Math.Pow(10, -3 / (seconds * Instruments.SampleRate));

    // y[n] = 2 r cos ω y[n−1] − r² y[n−2] + x[n] (1 − r), many at a time.
    private sealed class Resonators
    {
        private readonly float[] _first, _second, _input, _last, _before;

        public Resonators(IReadOnlyList<(double Hz, double Seconds)> partials)
        {
            var count = (partials.Count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
            (_first, _second, _input, _last, _before) = (new float[count], new float[count], new float[count], new float[count], new float[count]);
            for (var i = 0; i < partials.Count; i++)
            {
                var keep = Math.Pow(10, -3 / (partials[i].Seconds * Instruments.SampleRate));
                _first[i] = (float)(2 * keep * Math.Cos(2 * Math.PI * partials[i].Hz / Instruments.SampleRate));
                _second[i] = (float)(-keep * keep);
                _input[i] = (float)(1 - keep);
            }
        }

        public float Next(float input, float keep)
        {
            var (sum, silence) = (Vector<float>.Zero, new Vector<float>(1e-15f));
            for (var i = 0; i < _first.Length; i += Vector<float>.Count)
            {
                var last = new Vector<float>(_last, i);
                var now = keep * (new Vector<float>(_first, i) * last + new Vector<float>(_second, i) * new Vector<float>(_before, i)) + input * new Vector<float>(_input, i);
                // The last bits of a sound that dies away would be slow to compute with.
                now = Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(now), silence), Vector<float>.Zero, now);
                last.CopyTo(_before, i);
                now.CopyTo(_last, i);
                sum += now;
            }

            return Vector.Sum(sum);
        }
    }
}

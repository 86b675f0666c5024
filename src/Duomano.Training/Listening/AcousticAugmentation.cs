using Duomano.Networks.Listening;
using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using static TorchSharp.torch;

namespace Duomano.Training.Listening;

/// <summary>Puts excerpts into their rooms and before their microphones, on torch, and computes their levels.</summary>
internal static class AcousticAugmentation
{
    // What is heard before an excerpt and still sounds in its room.
    private const int SamplesBehind = 32000;

    // Loudness is evened out over about a fifth of a second, in steps of a hundredth.
    private const int LoudnessStep = 160;
    private const int LoudnessSteps = 21;

    // Lowest frequency up to which coloured noise grows louder.
    private const double LowestNoise = 30;

    /// <summary>Samples of an excerpt, with those before it.</summary>
    public static int SamplesFor(ListeningConfig config, int frames) => SamplesBehind + ConstantQ.SamplesFor(config, frames);

    /// <summary>How many of them come before the excerpt's first frame.</summary>
    public static int SamplesBefore(ListeningConfig config) => SamplesBehind + config.ContextHops * config.HopSamples;

    /// <summary>Levels of a batch, [size, frames, 2 · bins].</summary>
    public static Tensor Levels(TorchOps ops, ListeningConfig config, ListeningBatch batch, Device device)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var length = batch.Samples.Length / batch.Size;
        var sound = TorchTensors.From(new TensorData(batch.Samples, batch.Size, length), device);
        sound = InRooms(sound, batch.RecordingConditions, length, config.SampleRate, device).narrow(1, SamplesBehind, length - SamplesBehind);
        var levels = ConstantQ.Levels(ops, config, sound);

        // The microphone's colour: powers in units of the floor are e^(2·4·level) − 1.
        var colour = batch.RecordingConditions.SelectMany(each => each.Colour.Concat(each.Colour)).ToArray();
        var power = levels.Times(2 * ConstantQ.NepersOfOne).exp().Plus(-1) * TorchTensors.From(new TensorData(colour, batch.Size, 1, 2 * config.Bins), device);
        return power.Plus(1).log().Times(0.5 / ConstantQ.NepersOfOne).MoveToOuterDisposeScope();
    }

    private static Tensor InRooms(Tensor sound, IReadOnlyList<RecordingConditions> conditions, int length, int sampleRate, Device device)
    {
        var rooms = new float[conditions.Count * SoundVariation.RoomSamples];
        for (var i = 0; i < conditions.Count; i++) conditions[i].Room.CopyTo(rooms, i * SoundVariation.RoomSamples);
        var size = FastLength(length + SoundVariation.RoomSamples);
        var spectrum = fft.rfft(sound, size) * fft.rfft(TorchTensors.From(new TensorData(rooms, conditions.Count, SoundVariation.RoomSamples), device), size);
        if (conditions.Any(each => each.NoiseLevel > 0))
        {
            var white = stack(conditions.Select(each => White(each.NoiseSeed, size, device)));
            spectrum = spectrum.Plus(fft.rfft(white) * TorchTensors.From(NoiseShapes(conditions, size, sampleRate), device));
        }

        var heard = fft.irfft(spectrum, size).narrow(1, 0, length);
        if (conditions.Any(each => each.Evenness > 0)) heard = Evened(heard, conditions, device);
        heard = heard.Plus(TorchTensors.From(Hum(conditions, length, sampleRate), device));
        var ceiling = TorchTensors.From(new TensorData([.. conditions.Select(each => each.Ceiling)], conditions.Count, 1), device);
        return heard.minimum(ceiling).maximum(ceiling.neg());
    }

    // Of numbers of its own, so that excerpts can be made at the same time.
    private static Tensor White(long seed, int size, Device device)
    {
        using var numbers = new Generator((ulong)seed, device);
        return randn([size], device: device, generator: numbers);
    }

    // Each moment's loudness against the loudest one's, to a power, is the gain.
    private static Tensor Evened(Tensor sound, IReadOnlyList<RecordingConditions> conditions, Device device)
    {
        var (size, length) = (sound.size(0), sound.size(1));
        var power = nn.functional.avg_pool1d(sound.square().unsqueeze(1), LoudnessStep, LoudnessStep, ceil_mode: true);
        var loudness = nn.functional.avg_pool1d(power, LoudnessSteps, 1, LoudnessSteps / 2).Plus(1e-10);
        var exponent = TorchTensors.From(new TensorData([.. conditions.Select(each => -each.Evenness / 2)], (int)size, 1, 1), device);
        var gain = (loudness / loudness.amax([2], keepdim: true)).pow(exponent).AtMost(100);
        return sound * nn.functional.interpolate(gain, [length], mode: InterpolationMode.Linear, align_corners: false).squeeze(1);
    }

    private static TensorData NoiseShapes(IReadOnlyList<RecordingConditions> conditions, int size, int sampleRate)
    {
        var bins = size / 2 + 1;
        var shapes = new float[conditions.Count * bins];
        for (var i = 0; i < conditions.Count; i++)
        {
            var (level, slope) = (conditions[i].NoiseLevel, conditions[i].NoiseSlope);
            if (level == 0) continue;
            for (var bin = 0; bin < bins; bin++)
            {
                var hertz = Math.Max(LowestNoise, bin * (double)sampleRate / size);
                shapes[i * bins + bin] = level * MathF.Pow((float)(hertz / 1000), -slope);
            }
        }

        return new TensorData(shapes, conditions.Count, bins);
    }

    private static TensorData Hum(IReadOnlyList<RecordingConditions> conditions, int length, int sampleRate)
    {
        var hum = new float[conditions.Count * length];
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].HumLevel == 0) continue;
            for (var n = 0; n < length; n++)
            {
                // The mains and the third and fifth of it.
                var phase = 2 * MathF.PI * conditions[i].HumHertz * n / sampleRate;
                hum[i * length + n] = conditions[i].HumLevel * (MathF.Sin(phase) + 0.5f * MathF.Sin(3 * phase) + 0.3f * MathF.Sin(5 * phase));
            }
        }

        return new TensorData(hum, conditions.Count, length);
    }

    // A product of small primes.
    private static int FastLength(int atLeast)
    {
        var best = int.MaxValue;
        for (long threes = 1; threes <= 9; threes *= 3)
        {
            for (long fives = 1; fives <= 25; fives *= 5)
            {
                var length = threes * fives * 2;
                while (length < atLeast) length *= 2;
                best = (int)Math.Min(best, length);
            }
        }

        return best;
    }
}

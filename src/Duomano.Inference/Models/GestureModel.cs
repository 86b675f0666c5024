using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Features;
using Duomano.Inference.Gesture;
using Duomano.Inference.Windows;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;

namespace Duomano.Inference.Models;

/// <summary>Both hands' gesture networks, ready to be sampled on whole pieces.</summary>
internal sealed class GestureModel : IDisposable
{
    // Numbers of a hand's network from which on there is one of it, not one a thread.
    private const long MostCopied = 50_000_000;

    // More threads than this only wait for each other in the small operations of a single window.
    private const int MostForOne = 8;

    private readonly ModelConfig _config;
    private readonly GestureGuide? _guide;

    // Many windows: a thread each. One window: its two hands share the threads. Neither compiles before it is asked.
    private readonly Workers<TwoHandDenoiser> _many;
    private readonly Workers<TwoHandDenoiser> _single;

    private GestureModel(ModelConfig config, Func<int, TwoHandDenoiser> denoiser, int threads, bool large)
    {
        _config = config;
        if (config.Gesture.GuideWidth > 0) _guide = new(config.Gesture.GuideWidth, new(config.Normalization));
        _single = new(1, () => denoiser(large ? threads : Math.Min(threads, MostForOne)));
        if (large) _single.Prepare();
        _many = large ? _single : new(threads, () => denoiser(1));
    }

    public static GestureModel Load(string folder, ModelConfig config, int threads, InferencePrecision precision, bool exchange)
    {
        var declared = TwoHandUNet.Parameters(config.Gesture, config.Compatibility);
        if (declared.Sum(parameter => parameter.Count) <= MostCopied)
        {
            var weights = ModelWeights.Read(folder, ModelWeights.Gesture, declared);
            return new(config, share => new(config.Gesture, weights, config.Compatibility, share, precision, exchange), threads, large: false);
        }

        // One hand's weights at a time are in memory beside the models that are made of them.
        return new(config, share =>
        {
            var denoiser = TwoHandDenoiser.Reading(config.Gesture, side => ModelWeights.Read(folder, ModelWeights.Gesture, declared, side), config.Compatibility, share, precision, exchange);
            denoiser.Prepare(1, config.WindowFrames);
            ManagedMemory.GiveBack();
            return denoiser;
        }, threads, large: true);
    }

    /// <summary>Draws both hands' poses.</summary>
    /// <param name="condition">What the networks are told, and the guide.</param>
    /// <param name="windows">How the piece is cut.</param>
    /// <param name="noise">Each [channels, padded frames], where sampling begins.</param>
    /// <param name="options">Sampler, steps, seed.</param>
    /// <param name="style">Who is to play and how.</param>
    /// <param name="guide">Changes both hands' estimates in place before each step; null for none.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>Each [channels, padded frames], normalised.</returns>
    public PerHand<float[]> Sample(
        MotionCondition condition, WindowPlan windows, PerHand<float[]> noise, GenerationOptions options, AskedStyle style, Action<PerHand<float[]>>? guide,
        IProgress<double>? progress, CancellationToken cancellation)
    {
        var count = windows.Starts.Count;
        var workers = count == 1 ? _single : _many;
        var clips = new EncodedClip[count];
        // Networks that are told of a style and of anybody answer both at once.
        var batch = style.IsGuided && _config.KnowsStyles ? 2 : 1;
        float[] styles = batch == 1 ? style.Told : [.. style.Told, .. AskedStyle.ToldOfAnybody];
        workers.Run(count, (denoiser, index) =>
        {
            float[] Repeated(float[] values) => batch == 1 ? values : [.. values, .. values];
            var told = condition.Window(index);
            var guides = _guide?.Of(condition.Positions.Map(rows => windows.Rows(rows, index)), told);
            clips[index] = denoiser.Encode(batch, windows.Window, Told(told.Map(Repeated), styles), guides?.Map(Repeated));
        }, cancellation);

        var length = _config.Gesture.Channels * windows.Window;
        var outputs = Enumerable.Range(0, count).Select(_ => PerHand.Create(_ => new float[batch * length])).ToArray();
        var denoised = noise.Map(values => new float[values.Length]);
        PerHand<float[]> Denoise(PerHand<float[]> noisy, int step)
        {
            workers.Run(count, (denoiser, index) =>
            {
                var output = outputs[index];
                foreach (var side in HandSides.Both)
                {
                    windows.Gather(noisy[side], index, output[side].AsSpan(0, length));
                    if (batch == 2) output[side].AsSpan(0, length).CopyTo(output[side].AsSpan(length));
                }

                denoiser.SetClip(clips[index]);
                var answer = denoiser.Denoise(output, step);
                foreach (var side in HandSides.Both)
                {
                    answer[side].CopyTo(output[side], 0);
                    if (batch == 2) style.Guide(output[side].AsSpan(0, length), output[side].AsSpan(length));
                }
            }, cancellation);
            foreach (var side in HandSides.Both)
            {
                Array.Clear(denoised[side]);
                for (var index = 0; index < count; index++) windows.AddShare(outputs[index][side].AsSpan(0, length), index, denoised[side]);
            }

            return denoised;
        }

        return Sampler(options, guide).Sample(
            noise, Denoise, new TemperedNoise(new(new SeededRandom(options.Seed, "sampling noise")), options.Temperature ?? _config.Diffusion.Temperature), step => progress?.Report(step.Number / (double)step.Count));
    }

    // Networks that are told of their own hand alone hear of the other by the exchange.
    private PerHand<float[]> Told(PerHand<float[]> rows, float[] styles) => _config.Gesture.FeatureEncoder is { } encoder ? rows.Map(values => PlayingFeatures.Told(values, encoder.Features, styles)) : rows;

    public void Dispose()
    {
        _single.Dispose();
        if (_many != _single) _many.Dispose();
    }

    private ISampler Sampler(GenerationOptions options, Action<PerHand<float[]>>? guide)
    {
        var sampling = new SamplerOptions
        {
            Schedule = NoiseSchedule.Cosine(_config.Diffusion.Timesteps),
            Objective = _config.Diffusion.Objective,
            Clip = _config.Normalization.Clip,
            Guide = guide,
        };
        var steps = Math.Min(options.Steps ?? _config.Diffusion.Steps, _config.Diffusion.Timesteps);
        return (options.Sampler ?? _config.Diffusion.Sampler) switch
        {
            SamplerKind.Ancestral => new AncestralSampler(sampling),
            SamplerKind.Ddim => new DdimSampler(sampling, steps),
            _ => new DpmSolverMultistep(sampling, steps),
        };
    }

    private sealed class TemperedNoise(GaussianNoise source, float temperature) : INoiseSource
    {
        public void Fill(HandSide hand, int t, Span<float> noise)
        {
            source.Fill(hand, t, noise);
            foreach (ref var value in noise) value *= temperature;
        }
    }
}

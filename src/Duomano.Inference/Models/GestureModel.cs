using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Features;
using Duomano.Inference.Onnx;
using Duomano.Inference.Windows;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using Duomano.Networks.Tensors;

namespace Duomano.Inference.Models;

/// <summary>Both hands' gesture networks, ready to be sampled on whole pieces.</summary>
internal sealed class GestureModel : IDisposable
{
    private readonly ModelConfig _config;
    private readonly Workers<HandModels> _conditions;
    private readonly Workers<TwoHandDenoiser> _denoisers;

    private GestureModel(ModelConfig config, Workers<HandModels> conditions, Workers<TwoHandDenoiser> denoisers)
    {
        _config = config;
        _conditions = conditions;
        _denoisers = denoisers;
    }

    public static GestureModel Load(string folder, ModelConfig config, int threads)
    {
        var weights = ModelWeights.Read(folder, ModelWeights.Gesture, TwoHandUNet.Parameters(config.Gesture, config.Compatibility));
        return new(
            config,
            new(threads, () => new([1, config.WindowFrames, config.Gesture.InputWidth], weights, (graph, input) =>
                new UNet<OnnxValue>(graph, config.Gesture, config.Compatibility).Condition(input))),
            new(threads, () => new(config, weights)));
    }

    /// <summary>Draws both hands' poses.</summary>
    /// <param name="features">Each [padded frames, features].</param>
    /// <param name="positions">Each [3, padded frames], normalised, the guide.</param>
    /// <param name="windows">How the piece is cut.</param>
    /// <param name="noise">Each [48, padded frames], where sampling begins.</param>
    /// <param name="options">Sampler, steps, seed.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops between windows.</param>
    /// <returns>Each [48, padded frames], normalised.</returns>
    public PerHand<float[]> Sample(
        PerHand<float[]> features, PerHand<float[]> positions, WindowPlan windows, PerHand<float[]> noise, GenerationOptions options,
        IProgress<double>? progress, CancellationToken cancellation)
    {
        var count = windows.Starts.Count;
        var conditions = new PerHand<float[]>[count];
        _conditions.Run(count, (models, index) => conditions[index] = PerHand.Create(side => (float[])models.Run(
            side, features[side].AsSpan(windows.Starts[index] * PlayingFeatures.Width, windows.Window * PlayingFeatures.Width)).Clone()));
        var guides = positions.MapWithOther<float[]>((own, other) => [.. own, .. other]);

        var denoised = new PerHand<float[]>(new float[noise.Left.Length], new float[noise.Right.Length]);
        var outputs = Enumerable.Range(0, count).Select(_ => PerHand.Create(_ => new float[_config.Gesture.Channels * windows.Window])).ToArray();
        PerHand<float[]> Denoise(PerHand<float[]> noisy, int step)
        {
            cancellation.ThrowIfCancellationRequested();
            _denoisers.Run(count, (denoiser, index) => denoiser.Run(noisy, step, conditions[index], guides, windows, index, outputs[index]));
            foreach (var side in HandSides.Both)
            {
                Array.Clear(denoised[side]);
                for (var index = 0; index < count; index++) windows.AddShare(outputs[index][side], index, denoised[side]);
            }

            return denoised;
        }

        var sampler = Sampler(options);
        return sampler.Sample(
            noise, Denoise, new GaussianNoise(new SeededRandom(options.Seed, "sampling noise")), step => progress?.Report(step.Number / (double)step.Count));
    }

    public void Dispose()
    {
        _conditions.Dispose();
        _denoisers.Dispose();
    }

    private ISampler Sampler(GenerationOptions options)
    {
        var sampling = new SamplerOptions
        {
            Schedule = NoiseSchedule.Cosine(_config.Diffusion.Timesteps),
            Objective = _config.Diffusion.Objective,
            Clip = _config.Normalization.Clip,
        };
        var steps = Math.Min(options.Steps ?? _config.Diffusion.Steps, _config.Diffusion.Timesteps);
        return (options.Sampler ?? _config.Diffusion.Sampler) switch
        {
            SamplerKind.Ancestral => new AncestralSampler(sampling),
            SamplerKind.Ddim => new DdimSampler(sampling, steps),
            _ => new DpmSolverMultistep(sampling, steps),
        };
    }

    /// <summary>One window of both hands, one step.</summary>
    private sealed class TwoHandDenoiser : IDisposable
    {
        private readonly OnnxModel _model;

        public TwoHandDenoiser(ModelConfig config, PerHand<StateDict> weights)
        {
            var both = new StateDict();
            foreach (var side in HandSides.Both) both.AddUnder(Prefix(side), weights[side]);
            var graph = new OnnxGraph(both);
            var window = config.WindowFrames;
            var networks = PerHand.Create(side => new UNet<OnnxValue>(graph, config.Gesture, config.Compatibility, Prefix(side)));
            PerHand<OnnxValue> Inputs(string name, int channels) => PerHand.Create(side => graph.Input($"{side.Name()} {name}", 1, channels, window));
            var output = TwoHandUNet.Evaluate(
                networks, Inputs("pose", config.Gesture.Channels), graph.Input("step", 1), Inputs("condition", config.Gesture.CondWidth),
                Inputs("guide", config.Gesture.GuideWidth).Map(guide => (OnnxValue?)guide));
            foreach (var side in HandSides.Both) graph.Output($"{side.Name()} output", output[side]);
            _model = new(graph);
        }

        public void Run(PerHand<float[]> noisy, int step, PerHand<float[]> condition, PerHand<float[]> guide, WindowPlan windows, int index, PerHand<float[]> output)
        {
            _model["step"][0] = step;
            foreach (var side in HandSides.Both)
            {
                windows.Gather(noisy[side], index, _model[$"{side.Name()} pose"]);
                windows.Gather(guide[side], index, _model[$"{side.Name()} guide"]);
                _model.Set($"{side.Name()} condition", condition[side]);
            }

            _model.Run();
            foreach (var side in HandSides.Both) _model[$"{side.Name()} output"].CopyTo(output[side], 0);
        }

        public void Dispose() => _model.Dispose();

        private static string Prefix(HandSide side) => side.Name() + ".";
    }
}

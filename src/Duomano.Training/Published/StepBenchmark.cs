using System.Diagnostics;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference;
using Duomano.Inference.Gesture;
using Duomano.Inference.Models;
using Duomano.Networks.Gesture;
using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Published;

/// <summary>
/// Times one denoising step of both hands on both engines and a matrix product, by turns, so that whatever else the machine
/// does weighs on all of them alike.
/// </summary>
public sealed class StepBenchmark : IDisposable
{
    // Products as large as torch multiplies best, and as many of them as take about as long as a step.
    private const int ProductSize = 1024;
    private const int Products = 8;

    private readonly ModelConfig _config;
    private readonly int _threads;
    private readonly TwoHandDenoiser _onnx;
    private readonly PerHand<TorchParameters> _torch;
    private readonly torch.Tensor _factor = torch.randn(ProductSize, ProductSize).DetachFromDisposeScope();
    private readonly PerHand<float[]> _noisy;
    private readonly PerHand<float[]> _condition;
    private readonly PerHand<float[]>? _guide;

    /// <summary>Makes both engines' networks with the same random weights.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="threads">Threads to use: each hand on its own from two on.</param>
    /// <param name="precision">What the playing engine multiplies large weights in.</param>
    public StepBenchmark(ModelConfig config, int threads, InferencePrecision precision = InferencePrecision.Float32)
    {
        ArgumentNullException.ThrowIfNull(config);
        _config = config;
        _threads = threads;
        var frames = config.WindowFrames;
        _noisy = Gaussian("noisy", config.Gesture.Channels);
        _condition = Gaussian("condition", config.Gesture.CondWidth);
        _guide = config.Gesture.GuideWidth == 0 ? null : Gaussian("guide", config.Gesture.GuideWidth);
        var declared = PublishedSize.Gesture(config);
        var weights = PublishedSize.Weights(declared);
        _onnx = new(config.Gesture, weights, config.Compatibility, threads, precision);
        _torch = weights.Map(state => TorchParameters.Load(declared, state));
        foreach (var side in HandSides.Both) _torch[side].Freeze();

        PerHand<float[]> Gaussian(string name, int width) => PerHand.Create(side =>
        {
            var values = new float[width * frames];
            new SeededRandom((int)side, name).FillGaussian(values);
            return values;
        });
    }

    /// <summary>Times everything.</summary>
    /// <param name="rounds">How often, by turns; the medians count.</param>
    public StepTimes Run(int rounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        _onnx.SetClip(1, _config.WindowFrames, _condition, _guide);
        var conditioned = PerHand.Create(side => OnTorch(() => Network(side).Condition(Tensor(_condition[side], _config.Gesture.CondWidth)).DetachFromDisposeScope()));
        var times = new List<(double Conditioning, double Onnx, double Torch, double Product)>();
        var apart = 0.0;
        for (var round = -1; round < rounds; round++)
        {
            var conditioning = Timed(() => _onnx.SetClip(1, _config.WindowFrames, _condition, _guide));
            var product = Timed(() => Both(_ => OnTorch(Multiply)));
            var onnx = Timed(() => _onnx.Denoise(_noisy, round + 1));
            PerHand<float[]> answer = default;
            var torchTime = Timed(() => answer = TorchStep(conditioned, round + 1));
            if (round < 0) apart = Apart(_onnx.Denoise(_noisy, 0), answer);
            else times.Add((conditioning, onnx, torchTime, product));
        }

        foreach (var side in HandSides.Both) conditioned[side].Dispose();
        var flops = 2.0 * 2 * Products * ProductSize * ProductSize * ProductSize;
        return new(
            Median(times.Select(time => time.Conditioning)), Median(times.Select(time => time.Onnx)), Median(times.Select(time => time.Torch)),
            flops / Median(times.Select(time => time.Product)), apart);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _onnx.Dispose();
        foreach (var side in HandSides.Both) _torch[side].Dispose();
        _factor.Dispose();
    }

    private PerHand<float[]> TorchStep(PerHand<torch.Tensor> cond, int step)
    {
        var down = Both(side => OnTorch(() => Kept(Network(side).Descend(
            Tensor(_noisy[side], _config.WindowFrames), torch.tensor((float)step).reshape(1), cond[side],
            _guide is { } guide ? Network(side).Guide(Part(guide[side], 0), Part(guide[side], 3)) : null))));
        var answer = Both(side => OnTorch(() => TorchTensors.ToData(Network(side).Ascend(down[side], down[side.Other()].Bottleneck)).Values));
        foreach (var side in HandSides.Both)
        {
            foreach (var tensor in down[side].Skips.Append(down[side].Start).Append(down[side].Time).Append(down[side].Bottleneck)) tensor.Dispose();
        }

        return answer;

        torch.Tensor Part(float[] guide, int first) => Tensor(guide, 6).narrow(2, first, 3);
    }

    private PerHand<T> Both<T>(Func<HandSide, T> work)
    {
        var results = new T[2];
        Parallel.For(0, 2, new() { MaxDegreeOfParallelism = Math.Min(_threads, 2) }, hand => results[hand] = work((HandSide)hand));
        return PerHand.Create(side => results[(int)side]);
    }

    private int Multiply()
    {
        for (var i = 0; i < Products; i++) torch.mm(_factor, _factor).Dispose();
        return Products;
    }

    private static T OnTorch<T>(Func<T> work)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        return work();
    }

    private static UNetDescent<torch.Tensor> Kept(UNetDescent<torch.Tensor> descent)
    {
        foreach (var tensor in descent.Skips.Append(descent.Start).Append(descent.Time).Append(descent.Bottleneck)) tensor.DetachFromDisposeScope();
        return descent;
    }

    private UNet<torch.Tensor> Network(HandSide side) => new(new TorchOps(_torch[side]), _config.Gesture, _config.Compatibility);

    private static torch.Tensor Tensor(float[] values, int columns) => TorchTensors.From(values, [1, values.Length / columns, columns]);

    private static double Apart(PerHand<float[]> a, PerHand<float[]> b) =>
        HandSides.Both.Max(side => a[side].Zip(b[side], (x, y) => (double)Math.Abs(x - y)).Max() / Math.Max(1e-9, b[side].Max(Math.Abs)));

    /// <summary>How long something takes, seconds.</summary>
    internal static double Timed(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>The middle one of times.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>What was measured; times in seconds.</summary>
/// <param name="Conditioning">Conditioning of a clip, both hands, once.</param>
/// <param name="Step">A denoising step of both hands, as generating does it.</param>
/// <param name="TorchStep">The same step on the training side's engine, a thread a hand.</param>
/// <param name="ProductRate">Arithmetic a second of a matrix product on the same threads.</param>
/// <param name="Apart">Largest difference of the two engines' answers, as a share of the largest answer.</param>
public sealed record StepTimes(double Conditioning, double Step, double TorchStep, double ProductRate, double Apart);

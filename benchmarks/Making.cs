using BenchmarkDotNet.Attributes;
using Duomano.Core.Contact;
using Duomano.Core.Motion;
using Duomano.Core.Playing;
using Duomano.Inference;

namespace Duomano.Benchmarks;

/// <summary>From notes to motion: the whole, and what its parts take of it.</summary>
public class Making
{
    private MotionGenerator _generator = null!;
    private TwoHandClip _raw = null!;

    [GlobalSetup]
    public void Load()
    {
        _generator = MotionGenerator.Load(Minuet.Model, Minuet.Threads);
        _raw = NetworkAlone();
    }

    [GlobalCleanup]
    public void Unload() => _generator.Dispose();

    [Benchmark(Baseline = true)]
    public TwoHandClip Generate() => _generator.Generate(Minuet.Score, Minuet.Seconds).Clip;

    [Benchmark]
    public TwoHandClip NetworkAlone() => _generator.Generate(Minuet.Score, Minuet.Seconds, new() { Contact = false }).Clip;

    [Benchmark]
    public TwoHandClip NetworkInTwentySteps() => _generator.Generate(Minuet.Score, Minuet.Seconds, new() { Contact = false, Steps = 20 }).Clip;

    [Benchmark]
    public TwoHandClip NetworkTwiceAsStrong() => _generator.Generate(Minuet.Score, Minuet.Seconds, new() { Contact = false, Style = _generator.KnowsStyles ? PlayerStyle.Of(PerformanceStyle.Calm) : PlayerStyle.Person, StyleStrength = _generator.KnowsStyles ? 2 : 1 }).Clip;

    [Benchmark]
    public TwoHandClip ContactAlone() => ContactRefiner.Refine(_raw, _raw.Notes, new() { Threads = Minuet.Threads }).Clip;

    [Benchmark]
    public TwoHandClip KinematicPianist() => Minuet.Perform();
}

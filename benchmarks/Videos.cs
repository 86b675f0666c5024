using BenchmarkDotNet.Attributes;
using Duomano.Formats.Video;
using Duomano.Rendering.Video;

namespace Duomano.Benchmarks;

/// <summary>What a video takes beside the encoder alone, which gets as many pictures of the same size on which nothing moves.</summary>
[InvocationCount(1)]
[IterationCount(3)]
public class Videos : OfMinuet
{
    [Benchmark(Baseline = true)]
    public void EncoderOnStillPictures() => VideoFile.Write(At("still.mp4"), new(1920, 1080, PerformanceVideo.Fps, Clip.FrameCount), (_, _) => { });

    [Benchmark]
    public void Whole() => PerformanceVideo.Write(At("motion.mp4"), Clip, new() { Threads = Minuet.Threads });

    [Benchmark]
    public void DrawnOnOneThread() => PerformanceVideo.Write(At("motion.mp4"), Clip, new() { Threads = 1 });
}

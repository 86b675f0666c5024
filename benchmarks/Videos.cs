using BenchmarkDotNet.Attributes;
using Duomano.Core.Motion;
using Duomano.Formats.Video;
using Duomano.Rendering.Video;

namespace Duomano.Benchmarks;

/// <summary>What a video takes beside the encoder alone, which gets as many pictures of the same size on which nothing moves.</summary>
[InvocationCount(1)]
[IterationCount(3)]
public class Videos
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("duomano-benchmarks");
    private TwoHandClip _clip = null!;

    [GlobalSetup]
    public void Perform() => _clip = Minuet.Perform();

    [GlobalCleanup]
    public void Delete() => _folder.Delete(recursive: true);

    [Benchmark(Baseline = true)]
    public void EncoderOnStillPictures() => VideoFile.Write(Path.Combine(_folder.FullName, "still.mp4"), new(1920, 1080, PerformanceVideo.Fps, _clip.FrameCount), (_, _) => { });

    [Benchmark]
    public void Whole() => PerformanceVideo.Write(Path.Combine(_folder.FullName, "motion.mp4"), _clip, new() { Threads = Minuet.Threads });

    [Benchmark]
    public void DrawnOnOneThread() => PerformanceVideo.Write(Path.Combine(_folder.FullName, "motion.mp4"), _clip, new() { Threads = 1 });
}

using BenchmarkDotNet.Attributes;
using Duomano.Formats.Glb;
using Duomano.Formats.Html;
using Duomano.Formats.Motion;
using Duomano.Rendering.Sheet;
using Duomano.Rendering.Video;

namespace Duomano.Benchmarks;

/// <summary>What writing a motion takes, format by format.</summary>
public class Exports : OfMinuet
{
    [Benchmark(Baseline = true)]
    public void Npz() => NpzMotion.Write(At("motion.npz"), Clip);

    [Benchmark]
    public void Annotation() => AnnotationJson.Write(At("motion.json"), Formats.Motion.Annotation.FromClip(Clip));

    [Benchmark]
    public void Bvh() => BvhMotion.Write(At("motion.bvh"), Clip);

    [Benchmark]
    public void Csv() => CsvMotion.Write(At("motion.csv"), Clip);

    [Benchmark]
    public void Glb() => GlbMotion.Write(At("motion.glb"), Clip);

    [Benchmark]
    public void Page() => HtmlMotion.Write(At("motion.html"), Clip);

    [Benchmark]
    public void Picture() => ContactSheet.Write(At("motion.png"), Clip, "Minuet", Minuet.Threads);

    [Benchmark]
    public void Video() => PerformanceVideo.Write(At("motion.mp4"), Clip, new() { Threads = Minuet.Threads });
}

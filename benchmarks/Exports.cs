using BenchmarkDotNet.Attributes;
using Duomano.Core.Motion;
using Duomano.Formats.Glb;
using Duomano.Formats.Html;
using Duomano.Formats.Motion;
using Duomano.Rendering.Sheet;
using Duomano.Rendering.Video;

namespace Duomano.Benchmarks;

/// <summary>What writing a motion takes, format by format.</summary>
public class Exports
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("duomano-benchmarks");
    private TwoHandClip _clip = null!;

    [GlobalSetup]
    public void Perform() => _clip = Minuet.Perform();

    [GlobalCleanup]
    public void Delete() => _folder.Delete(recursive: true);

    [Benchmark(Baseline = true)]
    public void Npz() => NpzMotion.Write(At("motion.npz"), _clip);

    [Benchmark]
    public void Annotation() => AnnotationJson.Write(At("motion.json"), Formats.Motion.Annotation.FromClip(_clip));

    [Benchmark]
    public void Bvh() => BvhMotion.Write(At("motion.bvh"), _clip);

    [Benchmark]
    public void Csv() => CsvMotion.Write(At("motion.csv"), _clip);

    [Benchmark]
    public void Glb() => GlbMotion.Write(At("motion.glb"), _clip);

    [Benchmark]
    public void Page() => HtmlMotion.Write(At("motion.html"), _clip);

    [Benchmark]
    public void Picture() => ContactSheet.Write(At("motion.png"), _clip, "Minuet", Minuet.Threads);

    [Benchmark]
    public void Video() => PerformanceVideo.Write(At("motion.mp4"), _clip, new() { Threads = Minuet.Threads });

    private string At(string name) => Path.Combine(_folder.FullName, name);
}

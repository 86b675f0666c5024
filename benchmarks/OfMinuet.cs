using BenchmarkDotNet.Attributes;
using Duomano.Core.Motion;

namespace Duomano.Benchmarks;

/// <summary>What is measured on the sample's motion, with a folder for files.</summary>
public abstract class OfMinuet
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("duomano-benchmarks");

    /// <summary>The motion.</summary>
    protected TwoHandClip Clip { get; private set; } = null!;

    [GlobalSetup]
    public void Perform() => Clip = Minuet.Perform();

    [GlobalCleanup]
    public void Delete() => _folder.Delete(recursive: true);

    /// <summary>A file in the folder.</summary>
    protected string At(string name) => Path.Combine(_folder.FullName, name);
}

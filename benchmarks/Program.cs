using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Duomano.Benchmarks;
using Perfolizer.Horology;

// Inside this process: what is measured takes seconds, and the engines are linked into this folder only.
var job = Job.Default.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromHours(1), logOutput: true)).WithWarmupCount(1).WithIterationCount(5).WithUnrollFactor(1).WithMinIterationTime(TimeInterval.FromMilliseconds(200));
var config = DefaultConfig.Instance.AddJob(job).AddColumn(new MusicColumn()).HideColumns(Column.Error, Column.RatioSD, Column.Job, Column.Toolchain, Column.WarmupCount, Column.IterationCount, Column.UnrollFactor);
BenchmarkSwitcher.FromAssembly(typeof(Minuet).Assembly).Run(args, config);

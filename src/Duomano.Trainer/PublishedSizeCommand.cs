using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Inference;
using Duomano.Inference.Models;
using Duomano.Networks.Configuration;
using Duomano.Training.Gesture;
using Duomano.Training.Position;
using Duomano.Training.Published;
using Duomano.Training.Running;
using Duomano.Training.Torch;

namespace Duomano.Trainer;

/// <summary><c>duomano-train published-size</c>: what the published system's sizes cost on this machine, with random weights.</summary>
internal static class PublishedSizeCommand
{
    private const double PublishedStep = 1.0;

    // What an accelerator of 1000 TFLOP/s in bfloat16 is usually kept at by networks of this kind.
    private const double Accelerator = 300e12;

    public static Command Create()
    {
        var part = new Argument<string>("PART") { Description = "step: a denoising step on both engines; clip: a whole window from sound to motion; train: a training step." };
        part.AcceptOnlyFromAmong("step", "clip", "train");
        var dim = NumberOption.Of<int>("--dim", "Channels of the U-Net's first level.", PublishedSize.Config.Gesture.Dim, 1);
        var rounds = NumberOption.Of<int>("--rounds", "How often each thing is timed; the median counts.", 7, 1);
        var steps = NumberOption.Of<int>("--steps", "Denoising steps of a clip.", PublishedSize.Config.Diffusion.Steps, 1);
        var batch = NumberOption.Of<int>("--batch", "Windows of a training step.", 1, 1);
        var threads = NumberOption.Of<int>("--threads", "Threads to use.", Environment.ProcessorCount, 1);
        var precision = NamedChoice.Option("--precision", "What steps and clips multiply large weights in.", InferencePrecision.Float32);
        var keep = new Option<string?>("--model") { Description = "Where the model directory of a clip is made and kept; a temporary one if not given.", HelpName = "DIR" };
        var command = new Command("published-size", "Measure what the published system's sizes cost, with random weights.") { part, dim, rounds, steps, batch, threads, precision, keep };
        command.SetAction(parsed =>
        {
            TorchRuntime.Initialize();
            var config = PublishedSize.Config with { Gesture = PublishedSize.Config.Gesture with { Dim = parsed.GetValue(dim) } };
            switch (parsed.GetValue(part))
            {
                case "step": Step(config, parsed.GetValue(rounds), parsed.GetValue(threads), parsed.GetValue(precision)); break;
                case "clip": Clip(config, parsed.GetValue(steps), parsed.GetValue(threads), parsed.GetValue(precision), parsed.GetValue(keep)); break;
                default: Train(config, parsed.GetValue(batch), parsed.GetValue(threads)); break;
            }

            Say("most memory", $"{PeakMemory() / 1e9:0.00} GB");
            return CommandHost.Done;
        });
        return command;
    }

    private static void Step(ModelConfig config, int rounds, int threads, InferencePrecision precision)
    {
        Say("numbers a hand", $"{PublishedSize.Gesture(config).Sum(parameter => parameter.Count):N0}");
        using var benchmark = new StepBenchmark(config, threads, precision);
        var times = benchmark.Run(rounds);
        var arithmetic = 2.0 * PublishedSize.StepMultiplications(config);
        Say("conditioning, once a clip", $"{times.Conditioning:0.000} s");
        Say("step, both hands", $"{times.Step:0.000} s ({PublishedStep / times.Step:0.0} x as fast as the published 1.0 s)");
        Say("step on torch", $"{times.TorchStep:0.000} s (ratio {times.TorchStep / times.Step:0.00})");
        Say("engines apart", $"{times.Apart:0.0e0} of the largest answer");
        Say("arithmetic of a step", $"{arithmetic / 1e9:0.0} GFLOP, {arithmetic / times.Step / 1e9:0} GFLOP/s");
        Say("matrix product", $"{times.ProductRate / 1e9:0} GFLOP/s; a step reaches {arithmetic / times.Step / times.ProductRate:P0} of it");
    }

    private static void Clip(ModelConfig config, int steps, int threads, InferencePrecision precision, string? keep)
    {
        var folder = keep ?? Directory.CreateTempSubdirectory("duomano-published-").FullName;
        try
        {
            if (!File.Exists(Path.Combine(folder, ModelConfig.FileName))) PublishedSize.Write(config, folder);
            GC.Collect();
            var seconds = config.WindowFrames / config.Fps;
            var sound = new float[(int)(seconds * AudioEncoderConfig.SampleRate)];
            new SeededRandom(1, "sound").FillGaussian(sound);
            var watch = Stopwatch.StartNew();
            using var generator = MotionGenerator.Load(folder, threads, precision);
            Say("loading", $"{watch.Elapsed.TotalSeconds:0.0} s, {Process.GetCurrentProcess().WorkingSet64 / 1e9:0.00} GB in memory then");
            Say("arithmetic of hearing", $"{2.0 * PublishedSize.HearingMultiplications(config) / 1e9:0} GFLOP");
            foreach (var what in new[] { "first clip", "next clip" })
            {
                var started = TimeSpan.Zero;
                watch.Restart();
                generator.Generate(
                    new MusicToPlay(new Score([]), seconds) { Sound = sound }, new() { Steps = steps, Contact = false },
                    new First(() => started = watch.Elapsed));
                Say(what, $"{seconds:0} s of sound with {steps} steps in {watch.Elapsed.TotalSeconds:0.0} s (hearing and conditioning with the first step {started.TotalSeconds:0.0} s)");
            }
        }
        finally
        {
            if (keep is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static void Train(ModelConfig config, int batch, int threads)
    {
        var (position, gesture) = (RecipeFile.Load<PositionRecipe>("position", "s2c"), RecipeFile.Load<GestureRecipe>("gesture", "s2c"));
        using var benchmark = new TrainingStepBenchmark(config, batch, threads);
        var seconds = 0.0;
        foreach (var what in new[] { "first step", "next step" })
        {
            var watch = Stopwatch.StartNew();
            var loss = benchmark.Step();
            seconds = watch.Elapsed.TotalSeconds;
            Say(what, $"{seconds:0.0} s, {batch} {(batch == 1 ? "window" : "windows")}, loss {loss:0.000}");
        }

        // What was measured tells how fast products are multiplied here; the rest follows from how many there are.
        var rate = 2.0 * batch * PublishedSize.GestureTrainingMultiplications(config) / seconds;
        var first = Whole(PublishedSize.PositionTrainingMultiplications(config), position.Training.Steps, position.BatchSize);
        var second = Whole(PublishedSize.GestureTrainingMultiplications(config), gesture.Training.Steps, gesture.BatchSize);
        Say("speed", $"{rate / 1e9:0} GFLOP/s");
        Tell("first stage, whole", position.Training.Steps, position.BatchSize, first);
        Tell("second stage, whole", gesture.Training.Steps, gesture.BatchSize, second);
        Say("both", $"{(first + second) / rate / 86400 / 365:0.0} years here, {(first + second) / Accelerator / 3600:0} hours at {Accelerator / 1e12:0} TFLOP/s");

        void Tell(string what, int steps, int windows, double arithmetic) =>
            Say(what, $"{steps:N0} steps of {windows} windows, {arithmetic / 1e18:0.0} EFLOP: {arithmetic / rate / 86400:0} days here, {arithmetic / Accelerator / 3600:0} hours at {Accelerator / 1e12:0} TFLOP/s");
    }

    private static double Whole(long multiplications, int steps, int windows) => 2.0 * multiplications * steps * windows;

    // The most that the process ever had in memory, native libraries' included.
    private static long PeakMemory()
    {
        const string Status = "/proc/self/status";
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null ? Process.GetCurrentProcess().PeakWorkingSet64 : 1024 * long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static void Say(string what, string value) => Console.Out.WriteLine($"{what + ":",-27} {value}");

    private sealed class First(Action reached) : IProgress<double>
    {
        private bool _told;

        public void Report(double value)
        {
            if (!_told) reached();
            _told = true;
        }
    }
}

using System.Diagnostics;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Corpus.Layout;
using Duomano.Evaluation.Published;
using Duomano.Inference;
using Duomano.Inference.Autoencoder;
using Duomano.Inference.Listening;
using Duomano.Networks.Checkpoints;

namespace Duomano.Cli;

/// <summary>The paper's table of a model on a data set: windows generated anew with several seeds and compared with the annotated motion.</summary>
/// <param name="ModelFolder">The model.</param>
/// <param name="Generation">How windows are generated; its seed is the first one.</param>
/// <param name="Seeds">How many seeds.</param>
/// <param name="Autoencoder">A gesture autoencoder for FGD, or null.</param>
/// <param name="Threads">Threads to compute with.</param>
internal sealed record PaperEvaluation(string ModelFolder, GenerationOptions Generation, int Seeds, string? Autoencoder, int Threads)
{
    /// <summary>What the gesture networks' large weights are multiplied in.</summary>
    public InferencePrecision Precision { get; init; }

    /// <summary>Told of every generated clip, and not counted in the speed.</summary>
    public Action<TwoHandClip>? Generated { get; init; }

    /// <summary>Generates and measures.</summary>
    /// <param name="windows">What to compare with.</param>
    /// <param name="cancellation">Stops between windows.</param>
    public PaperTable Run(IReadOnlyList<AnnotatedWindow> windows, CancellationToken cancellation)
    {
        using var generator = MotionGenerator.Load(ModelFolder, Threads, Precision);
        using var extractor = Extractor();
        if (extractor is null) CommandHost.Say("FGD is left out: it takes a gesture autoencoder (--autoencoder FILE).");
        else if (windows.Count < 2) CommandHost.Say("FGD is left out: it takes at least 2 windows.");
        var runs = new List<PaperRun>();
        for (var i = 0; i < Seeds; i++)
        {
            var options = Generation with { Seed = Generation.Seed + i };
            var watch = Stopwatch.StartNew();
            var clips = new List<TwoHandClip>();
            var generated = CommandHost.WithProgress($"generating with seed {options.Seed}", progress => Generate(generator, windows, options, clips, progress, cancellation));
            var speed = windows.Count * AnnotatedWindow.Seconds / watch.Elapsed.TotalSeconds;
            if (Generated is not null) clips.ForEach(Generated);
            (PerHand<HandMotion>, PerHand<HandMotion>)[] pairs = [.. windows.Zip(generated, (window, motion) => (window.Real, motion))];
            runs.Add(PaperRun.Measure(options.Seed, pairs, PublishedLoader.Fps, speed, extractor is null ? null : motion => extractor.Extract(motion.Map(hand => hand.Pose)), Threads));
        }

        return new(runs, windows.Count, AnnotatedWindow.Seconds, Parameters());
    }

    private static List<PerHand<HandMotion>> Generate(
        MotionGenerator generator, IReadOnlyList<AnnotatedWindow> windows, GenerationOptions options, List<TwoHandClip> clips, IProgress<double> progress, CancellationToken cancellation)
    {
        var motions = new List<PerHand<HandMotion>>();
        foreach (var window in windows)
        {
            var clip = generator.Generate(window.Music, options with { HandSize = window.HandSize, OwnHands = window.Mano?.Skeletons }, null, cancellation).Clip;
            clips.Add(clip);
            if (clip.Fps != PublishedLoader.Fps) clip = clip.Resample(PublishedLoader.Fps);

            // A model that learned of MANO counts as it learned, unless the user's own hand tells better.
            var hand = window.Mano is null && window.Hand.Name == generator.Hand?.Name ? generator.Hand : window.Hand;
            motions.Add(PerHand.Create(side => HandMotion.FromClip(clip, side, hand)));
            progress.Report(motions.Count / (double)windows.Count);
        }

        return motions;
    }

    private GestureFeatureExtractor? Extractor()
    {
        if (Autoencoder is null) return null;
        InputFile.Check(Autoencoder);
        var extractor = GestureFeatureExtractor.Load(Autoencoder);
        var frames = (int)(AnnotatedWindow.Seconds * PublishedLoader.Fps);
        if (extractor.Config.Frames == frames) return extractor;
        extractor.Dispose();
        throw new UnreadableFileException(Autoencoder, "", $"encodes motions of {extractor.Config.Frames} frames, the windows have {frames}");
    }

    // Everything that moves the hands; listening has its own figures.
    private PerHand<long> Parameters()
    {
        var files = Directory.EnumerateFiles(ModelFolder, "*.safetensors").Where(path => Path.GetFileName(path) != ListeningModel.WeightsName);
        var all = files.Select(path => Safetensors.Read(path).Tensors).ToList();
        return PerHand.Create(side => all.Sum(file => file.Under($"{side.Name()}.") is var hand ? hand.Names.Sum(name => (long)hand[name].Values.Length) : 0));
    }
}

using System.Globalization;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Inference.Motion;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Configuration;

namespace Duomano.Inference.Models;

/// <summary>Makes a model directory of a published experiment.</summary>
public static class PublishedImport
{
    private const int FramesPerSecond = 30;
    private const string CardName = "card.md";

    // The published program takes all 1000 steps; a fast solver needs few of them.
    private const int Steps = 20;

    /// <summary>What config.json says of an imported model: the published behaviour throughout, sampled in few steps unless asked otherwise.</summary>
    /// <param name="arguments">The experiment's sizes.</param>
    /// <param name="hand">The hand model that its data was annotated with; MANO's unless told otherwise.</param>
    public static ModelConfig ConfigOf(PublishedArguments arguments, PianoMotionHand? hand = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var window = arguments.WindowSeconds * FramesPerSecond;
        return new()
        {
            Fps = FramesPerSecond,
            WindowFrames = window,
            OverlapFrames = window / 4,
            Normalization = MotionNormalization.PublishedFor(hand ?? PianoMotionHand.Mano),
            Position = arguments.Position,
            Gesture = arguments.Gesture,
            Diffusion = new() { Timesteps = arguments.Timesteps, Objective = arguments.Objective, Steps = Math.Min(Steps, arguments.Timesteps) },
            Compatibility = ReferenceCompatibility.Published,
        };
    }

    /// <summary>What is written of an import, in this order; config.json comes last, so that half an import is no model.</summary>
    public static IReadOnlyList<string> FileNames { get; } = [ModelWeights.Position, ModelWeights.Gesture, CardName, ModelConfig.FileName];

    /// <summary>Writes the model directory. Where it fails or is ended, what was written is taken away again.</summary>
    /// <param name="experiment">What was read.</param>
    /// <param name="folder">The directory, made if missing.</param>
    /// <param name="hand">The hand model that its data was annotated with; MANO's unless told otherwise.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="IOException">The directory holds a model already.</exception>
    public static void Write(PublishedExperiment experiment, string folder, PianoMotionHand? hand = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        CheckFree(folder);
        var config = ConfigOf(experiment.Arguments, hand);
        config.Validate();
        var isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        try
        {
            Make(ModelWeights.Position, name => ModelWeights.Write(folder, name, experiment.Position, SafetensorsPrecision.Float32, cancellation));
            Make(ModelWeights.Gesture, name => ModelWeights.Write(folder, name, experiment.Gesture, SafetensorsPrecision.Float32, cancellation));
            Make(CardName, name => WholeFile.Write(Path.Combine(folder, name), stream =>
            {
                using var writer = new StreamWriter(stream) { NewLine = "\n" };
                foreach (var line in Card(experiment, config)) writer.WriteLine(line);
            }, cancellation));
            config.Write(folder);
        }
        catch
        {
            foreach (var name in written) File.Delete(Path.Combine(folder, name));
            if (isNew) Directory.Delete(folder);
            throw;
        }

        void Make(string name, Action<string> write)
        {
            write(name);
            written.Add(name);
        }
    }

    /// <summary>Makes sure that a folder holds no model yet.</summary>
    /// <exception cref="IOException">It does.</exception>
    public static void CheckFree(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(Path.Combine(folder, ModelConfig.FileName))) throw new IOException($"{folder} holds a model already; choose another folder.");
    }

    private static IEnumerable<string> Card(PublishedExperiment experiment, ModelConfig config)
    {
        var encoder = config.Position.AudioEncoder!;
        yield return "# Imported model";
        yield return "";
        yield return "Weights of the published system (arXiv 2504.09885), brought over unchanged (float32). Their licence is that of their makers.";
        yield return "";
        foreach (var side in HandSides.Both)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"- {side.Name()} hand: `{Path.GetFileName(experiment.Files[side].Path)}`, iteration {experiment.Files[side].Iteration}");
        }

        yield return $"- audio encoder: width {encoder.Width}, {encoder.Layers} layers, {encoder.Heads} heads";
        yield return $"- gesture network: dim {config.Gesture.Dim}, condition {config.Gesture.CondWidth}, fusion {config.Gesture.Fusion}, {config.Diffusion.Timesteps} diffusion steps";
        yield return $"- behaviour: the published one (`compatibility` in config.json); sampled by {config.Diffusion.Sampler} in {config.Diffusion.Steps} steps, the published way is `--sampler ddpm`";
        yield return "- translations are those of the hand model's origin and rotations count from its mean pose; `normalization` in config.json has both";
        foreach (var remark in experiment.Remarks) yield return $"- {remark}";
    }
}

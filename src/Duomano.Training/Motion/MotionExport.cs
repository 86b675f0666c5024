using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Inference.Models;
using Duomano.Inference.Motion;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;
using Duomano.Training.Gesture;
using Duomano.Training.Position;
using Duomano.Training.Running;

namespace Duomano.Training.Motion;

/// <summary>Makes a model directory of a position run and a gesture run.</summary>
public static class MotionExport
{
    private const string NormalizationFile = "normalization.json";

    /// <summary>Keeps a run's normalisation in its folder.</summary>
    public static void SaveNormalization(string runFolder, MotionNormalization normalization) =>
        RecipeFile.Write(Path.Combine(runFolder, NormalizationFile), normalization);

    /// <summary>The normalisation that a run was begun with, or that of a model.</summary>
    /// <param name="runFolder">Folder of a run or a model.</param>
    /// <exception cref="Core.Files.UnreadableFileException">It is missing or damaged.</exception>
    public static MotionNormalization LoadNormalization(string runFolder)
    {
        var path = Path.Combine(runFolder, NormalizationFile);
        if (!File.Exists(path) && File.Exists(Path.Combine(runFolder, ModelWeights.Position))) return ModelConfig.Read(runFolder).Normalization;
        if (!TrainingRun.IsIn(runFolder)) throw new Core.Files.UnreadableFileException(runFolder, "", "is neither a model nor a run of position or gesture training");
        if (!File.Exists(path)) throw new Core.Files.UnreadableFileException(path, "", "a run of position or gesture training has this file; there is none");
        return RecipeFile.Read<MotionNormalization>(path);
    }

    /// <summary>Writes config.json and the weights (float16) of the best validations; other parts of the directory stay.</summary>
    /// <param name="positionRun">Folder of a position training.</param>
    /// <param name="gestureRun">Folder of a gesture training on the same corpus.</param>
    /// <param name="folder">The model directory.</param>
    /// <exception cref="ArgumentException">The runs were not made with the same normalisation, or one network draws both hands.</exception>
    public static void Write(string positionRun, string gestureRun, string folder)
    {
        using var position = TrainingRun.Resume<PositionRecipe>(positionRun, out var positionRecipe);
        using var gesture = TrainingRun.Resume<GestureRecipe>(gestureRun, out var gestureRecipe);
        if (positionRecipe.Sound is not null || gestureRecipe.Sound is not null)
        {
            WritePublished(position, positionRecipe, gesture, gestureRecipe, folder);
            return;
        }

        if (gestureRecipe.OneStream) throw new ArgumentException($"{gestureRun} was trained as one stream for both hands, to compare with; a model has a network for each hand.");

        // A gesture run's tells how it draws wrists, too.
        var normalization = LoadNormalization(gestureRun);
        var other = LoadNormalization(positionRun);
        if (!normalization.PositionScale.SequenceEqual(other.PositionScale) || !normalization.PoseScale.SequenceEqual(other.PoseScale))
        {
            throw new ArgumentException($"{positionRun} and {gestureRun} were trained on different corpora: their motion is scaled differently.");
        }

        new ModelConfig
        {
            Normalization = normalization,
            Position = positionRecipe.Network,
            Gesture = gestureRecipe.Network,
            Diffusion = gestureRecipe.Diffusion,
            WindowFrames = gestureRecipe.WindowFrames,
            OverlapFrames = gestureRecipe.WindowFrames / 4,
        }.Write(folder);
        Copy(position, PositionNetwork.Parameters(positionRecipe.Network), folder, ModelWeights.Position);
        Copy(gesture, TwoHandUNet.Parameters(gestureRecipe.Network), folder, ModelWeights.Gesture);
    }

    // What was trained from sound has the published units, and the quirks that its recipe chose.
    private static void WritePublished(TrainingRun position, PositionRecipe positionRecipe, TrainingRun gesture, GestureRecipe gestureRecipe, string folder)
    {
        if (positionRecipe.Sound is null || gestureRecipe.Sound is not { } sound)
        {
            throw new ArgumentException($"{position.Folder} and {gesture.Folder} do not go together: one was trained from sound, the other from notes.");
        }

        if (positionRecipe.Sound.Compatibility != sound.Compatibility)
        {
            throw new ArgumentException($"{position.Folder} and {gesture.Folder} do not go together: their recipes differ in which published behaviour they keep.");
        }

        new ModelConfig
        {
            Normalization = MotionNormalization.PublishedFor(PianoMotionHand.Mano),
            Position = positionRecipe.Network,
            Gesture = gestureRecipe.Network,
            Diffusion = gestureRecipe.Diffusion,
            WindowFrames = gestureRecipe.WindowFrames,
            OverlapFrames = gestureRecipe.WindowFrames / 4,
            Compatibility = sound.Compatibility,
        }.Write(folder);
        Copy(position, PositionNetwork.Parameters(positionRecipe.Network, sound.Compatibility), folder, ModelWeights.Position);
        Copy(gesture, TwoHandUNet.Parameters(gestureRecipe.Network, sound.Compatibility), folder, ModelWeights.Gesture);
    }

    private static void Copy(TrainingRun run, IReadOnlyList<ParameterDeclaration> declared, string folder, string file)
    {
        if (!File.Exists(run.BestParametersPath)) throw new Core.Files.UnreadableFileException(run.BestParametersPath, "", "the run has not been validated yet; it has no best parameters");
        var best = Safetensors.Read(run.BestParametersPath).Tensors;
        ModelWeights.Write(folder, file, PerHand.Create(side =>
        {
            var hand = best.Under(side.Name() + ".");
            return declared.Mismatch(hand) is { } problem
                ? throw new Core.Files.UnreadableFileException(run.BestParametersPath, $"the {side.Name()} hand", problem)
                : hand;
        }));
    }
}

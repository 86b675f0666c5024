using Duomano.Core.Files;
using Duomano.Networks.Autoencoder;
using Duomano.Networks.Checkpoints;
using Duomano.Training.Running;

namespace Duomano.Training.Autoencoder;

/// <summary>Makes a finished training a file that the evaluation takes.</summary>
public static class AutoencoderExport
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "autoencoder.safetensors";

    /// <summary>Writes the best validation's encoder and decoder (float16) beside the run's other files.</summary>
    /// <param name="run">The run.</param>
    /// <param name="recipe">What it trained.</param>
    /// <returns>The file.</returns>
    /// <exception cref="UnreadableFileException">The best parameters are missing or are not of this network.</exception>
    public static string Write(TrainingRun run, AutoencoderRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(recipe);
        if (!File.Exists(run.BestParametersPath)) throw new UnreadableFileException(run.BestParametersPath, "", "the run has not been validated yet; it has no best parameters");
        var best = Safetensors.Read(run.BestParametersPath).Tensors;
        if (Networks.Tensors.ParameterDeclarations.Mismatch(GestureAutoencoder.Parameters(recipe.Network), best) is { } problem)
        {
            throw new UnreadableFileException(run.BestParametersPath, "", problem);
        }

        var path = Path.Combine(run.Folder, FileName);
        Safetensors.Write(path, best, precision: SafetensorsPrecision.Float16);
        return path;
    }
}

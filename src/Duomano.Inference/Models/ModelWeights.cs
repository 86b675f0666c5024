using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Tensors;

namespace Duomano.Inference.Models;

/// <summary>The weight files of a model directory: one a network, both hands in it as "left.…" and "right.…".</summary>
public static class ModelWeights
{
    /// <summary>Position predictors.</summary>
    public const string Position = "position.safetensors";

    /// <summary>Gesture networks.</summary>
    public const string Gesture = "gesture.safetensors";

    /// <summary>Reads both hands' weights and holds them against what a network asks for.</summary>
    /// <param name="folder">Model directory.</param>
    /// <param name="file">One of the names here.</param>
    /// <param name="expected">What one hand's network asks for.</param>
    /// <exception cref="UnreadableFileException">A tensor is missing, unexpected or of another shape.</exception>
    public static PerHand<StateDict> Read(string folder, string file, IReadOnlyList<ParameterDeclaration> expected)
    {
        var all = Safetensors.Read(Existing(folder, file)).Tensors;
        return PerHand.Create(side => Checked(all.Under(side.Name() + "."), Path.Combine(folder, file), side, expected));
    }

    /// <summary>Reads one hand's weights alone, as large ones are, and holds them against what a network asks for.</summary>
    /// <param name="folder">Model directory.</param>
    /// <param name="file">One of the names here.</param>
    /// <param name="expected">What one hand's network asks for.</param>
    /// <param name="side">Whose.</param>
    /// <exception cref="UnreadableFileException">A tensor is missing, unexpected or of another shape.</exception>
    public static StateDict Read(string folder, string file, IReadOnlyList<ParameterDeclaration> expected, HandSide side)
    {
        var (path, prefix) = (Existing(folder, file), side.Name() + ".");
        return Checked(Safetensors.Read(path, prefix).Tensors.Under(prefix), path, side, expected);
    }

    /// <summary>Writes both hands' weights.</summary>
    /// <param name="folder">Model directory.</param>
    /// <param name="file">One of the names here.</param>
    /// <param name="weights">Each hand's.</param>
    /// <param name="precision">How numbers are stored.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    public static void Write(string folder, string file, PerHand<StateDict> weights, SafetensorsPrecision precision = SafetensorsPrecision.Float16, CancellationToken cancellation = default)
    {
        var all = new StateDict();
        foreach (var side in HandSides.Both) all.AddUnder(side.Name() + ".", weights[side]);
        Safetensors.Write(Path.Combine(folder, file), all, precision: precision, cancellation: cancellation);
    }

    private static string Existing(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new UnreadableFileException(path, "", "the model directory lacks this file");
    }

    private static StateDict Checked(StateDict hand, string path, HandSide side, IReadOnlyList<ParameterDeclaration> expected) =>
        expected.Mismatch(hand) is { } problem ? throw new UnreadableFileException(path, $"the {side.Name()} hand", problem) : hand;
}

using Duomano.Core.Files;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Autoencoder;

/// <summary>
/// A gesture encoder from a file: the published autoencoder's checkpoint (a PyTorch archive with a dictionary "gen_dict"),
/// or safetensors with the same names. Sizes are those of its tensors; what an encoder does not need is left out.
/// </summary>
/// <param name="Config">Its sizes.</param>
/// <param name="Weights">Its parameters by their whole names.</param>
public sealed record GestureEncoderFile(GestureAutoencoderConfig Config, StateDict Weights)
{
    private const string Published = "gen_dict";

    /// <summary>Reads either kind of file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnreadableFileException">It is damaged or holds no gesture encoder.</exception>
    public static GestureEncoderFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var all = IsArchive(path) ? Archived(PyTorchCheckpoint.Read(path)) : Safetensors.Read(path).Tensors;
        var encoder = new StateDict();
        foreach (var name in all.Names.Where(IsNeeded)) encoder[name] = all[name];
        var config = Sizes(encoder, path);
        return GestureEncoder.Parameters(config).Mismatch(encoder) is { } problem ? throw new UnreadableFileException(path, "", problem) : new(config, encoder);
    }

    // Every zip archive begins like this; safetensors begin with a length.
    private static bool IsArchive(string path)
    {
        using var stream = OrdinaryFile.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PK\u0003\u0004"u8);
    }

    private static StateDict Archived(PyTorchCheckpoint checkpoint) =>
        checkpoint.Content.ContainsKey(Published) ? checkpoint.TensorsOf(Published) : checkpoint.StateDict;

    private static bool IsNeeded(string name) =>
        name.StartsWith(GestureEncoder<TensorShape>.Prefix, StringComparison.Ordinal) && !name.Contains(".fc_logvar.", StringComparison.Ordinal)
        && !name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static GestureAutoencoderConfig Sizes(StateDict encoder, string path)
    {
        IReadOnlyList<int> Shape(string name, int axes) =>
            encoder.TryGet($"{GestureEncoder<TensorShape>.Prefix}{name}.weight", out var tensor) && tensor.Shape.Count == axes
                ? tensor.Shape
                : throw new UnreadableFileException(path, "", $"holds no gesture encoder: {GestureEncoder<TensorShape>.Prefix}{name}.weight with {axes} axes is missing");
        var first = Shape("net.0.0", 3);
        var flat = Shape("out_net.0", 2);
        try
        {
            var last = Math.Max(1, Shape("net.3", 3)[0]);
            return new()
            {
                Channels = first[1],
                Convolutions = [first[0], Shape("net.1.0", 3)[0], Shape("net.2.0", 3)[0], Shape("net.3", 3)[0]],
                Frames = checked(2 * (flat[1] / last + 2) + 6),
                Hidden = flat[0],
                Features = Shape("fc_mu", 2)[0],
            };
        }
        catch (Exception problem) when (problem is ArgumentException or OverflowException)
        {
            throw new UnreadableFileException(path, "", problem.Message.Split('\n')[0], problem);
        }
    }
}

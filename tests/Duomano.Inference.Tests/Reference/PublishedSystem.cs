using Duomano.Core.Hands;
using Duomano.Inference.Gesture;
using Duomano.Inference.Onnx;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Configuration;
using Duomano.Networks.Tensors;
using Duomano.Tests;

namespace Duomano.Inference.Tests.Reference;

/// <summary>The golden checkpoints of both hands, with all published quirks, to be written as ONNX graphs.</summary>
internal static class PublishedSystem
{
    public static PerHand<StateDict> Checkpoints { get; } =
        PerHand.Create(side => PyTorchCheckpoint.Read(Golden.Find("unet/experiment", $"piano2pose-{side.Name()}-*.ckpt")).StateDict);

    public static PublishedArguments Arguments { get; } = PublishedArguments.Read(
        File.ReadAllText(Golden.Path("unet/experiment/args.txt")), File.ReadAllText(Golden.Path("unet/experiment/args_posi.txt")), Checkpoints.Left);

    public static TwoHandDenoiser Denoiser(int threads = 1) =>
        new(Arguments.Gesture, Checkpoints.Map(checkpoint => checkpoint.Under("model.")), ReferenceCompatibility.Published, threads);

    /// <summary>Both hands' gesture weights in one dictionary, as "left.…" and "right.…".</summary>
    public static StateDict BothHands(PerHand<StateDict> weights)
    {
        var both = new StateDict();
        foreach (var side in HandSides.Both) both.AddUnder($"{side.Name()}.", weights[side]);
        return both;
    }

    /// <summary>A golden array as a graph's input, which the model gets at once when it is made.</summary>
    public sealed class Inputs
    {
        private readonly Dictionary<string, float[]> _arrays = [];

        public OnnxValue Add(OnnxGraph graph, string name, NpyArray array)
        {
            _arrays.Add(name, array.Values);
            return graph.Input(name, array.Shape);
        }

        public OnnxModel Run(OnnxGraph graph)
        {
            var model = new OnnxModel(graph, arrays: _arrays);
            model.Run();
            return model;
        }
    }
}

using Duomano.Networks.Listening;

namespace Duomano.Inference.Listening;

/// <summary>What a model directory's config.json says about the listening network, in its section "listening".</summary>
public sealed record ListeningModel
{
    /// <summary>Name of the weights' file in a model directory.</summary>
    public const string WeightsName = "listening.safetensors";

    /// <summary>The network's sizes.</summary>
    public ListeningConfig Network { get; init; } = new();

    /// <summary>How its outputs are made notes.</summary>
    public NoteDecoderOptions Decoder { get; init; } = new();
}

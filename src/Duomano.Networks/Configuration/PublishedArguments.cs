using System.Text.Json;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Configuration;

/// <summary>
/// The sizes of a published two-stage system, from the argument files that its training scripts write (args.txt of the
/// gesture stage, args_posi.txt of the position stage) and from its weights.
/// </summary>
/// <param name="Gesture">Each hand's gesture network.</param>
/// <param name="Position">Each hand's position predictor, after its audio encoder.</param>
/// <param name="Timesteps">Diffusion steps T.</param>
/// <param name="AudioEncoderPath">What the scripts called the audio encoder's folder; its name tells the flavour.</param>
/// <param name="Objective">What the gesture networks answer.</param>
/// <param name="WindowSeconds">Length of the windows they were trained on, 8 if not told.</param>
public sealed record PublishedArguments(UNetConfig Gesture, PositionConfig Position, int Timesteps, string AudioEncoderPath, Objective Objective, int WindowSeconds)
{
    private const int UsualSeconds = 8;

    /// <summary>Reads both files.</summary>
    /// <param name="gestureArguments">Content of args.txt.</param>
    /// <param name="positionArguments">Content of args_posi.txt.</param>
    /// <param name="weights">One hand's checkpoint, with "model." and "piano2posi." names.</param>
    /// <exception cref="FormatException">Something is missing or no network can have it; the message says what.</exception>
    public static PublishedArguments Read(string gestureArguments, string positionArguments, StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        try
        {
            using var gestureDocument = JsonDocument.Parse(gestureArguments);
            using var positionDocument = JsonDocument.Parse(positionArguments);
            var (gesture, position) = (new Arguments(gestureDocument.RootElement, "args.txt"), new Arguments(positionDocument.RootElement, "args_posi.txt"));
            var predictor = new PositionConfig
            {
                InputWidth = Size(weights, "piano2posi.audio_feature_map_cont.weight", 1),
                FeatureDim = position.Integer("feature_dim"),
                Layers = position.Integer("num_layer"),
                Period = position.Integer("period"),
                MaxLength = position.Integer("max_seq_len"),
                HiddenType = Hidden(gesture.Text("hidden_type")),
            };
            var network = new UNetConfig
            {
                Dim = gesture.Integer("unet_dim"),
                Channels = gesture.Integer("bs_dim") / 2,
                CondWidth = predictor.CondWidth,
                GuideWidth = gesture.Flag("xyz_guide") ? position.Integer("bs_dim") : 0,
                MapsPose = gesture.Flag("remap_noise"),
                CondEncoder = Encoder(gesture.Text("encoder_type")),
                CondLayers = gesture.Integer("num_layer"),
                Fusion = Fused(gesture.Integer("fusion")),
            };
            network.Validate();
            if (position.Text("latest_layer", "tanh") is var last && last != "tanh") throw new FormatException($"args_posi.txt: latest_layer '{last}' is not tanh.");
            return new(
                network, predictor, gesture.Integer("timesteps"), position.Text("wav2vec_path"),
                ObjectiveNamed(gesture.Text("obj", "pred_v")), gesture.Integer("train_sec", UsualSeconds));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new FormatException($"These are no arguments of a published system: {e.Message}", e);
        }
    }

    private static HiddenType Hidden(string name) => name switch
    {
        "audio_f" => HiddenType.AudioFeatures,
        "hidden_f" => HiddenType.FeatureMap,
        "both" => HiddenType.Both,
        _ => throw new FormatException($"args.txt: hidden_type '{name}' is none of audio_f, hidden_f, both."),
    };

    // Our own numbers follow the published ones and mean nothing there.
    private static FusionMode Fused(int number) => number is >= 0 and <= (int)FusionMode.HandCoordinated
        ? (FusionMode)number
        : throw new FormatException($"args.txt: fusion {number} is none of 0 to {(int)FusionMode.HandCoordinated}.");

    private static CondEncoder Encoder(string name) => name switch
    {
        "transformer" => CondEncoder.Transformer,
        "none" => CondEncoder.None,
        _ => throw new FormatException($"args.txt: encoder_type '{name}' is none of transformer, none."),
    };

    private static Objective ObjectiveNamed(string name) => name switch
    {
        "pred_v" => Objective.Velocity,
        "pred_noise" => Objective.Noise,
        "pred_x0" => Objective.Start,
        _ => throw new FormatException($"args.txt: obj '{name}' is none of pred_v, pred_noise, pred_x0."),
    };

    private static int Size(StateDict weights, string name, int axis) => weights.TryGet(name, out var tensor) && tensor.Shape.Count > axis
        ? tensor.Shape[axis]
        : throw new FormatException($"The weights hold no matrix '{name}'.");

    private readonly record struct Arguments(JsonElement Root, string File)
    {
        public int Integer(string name) => Find(name, JsonValueKind.Number).TryGetInt32(out var value) ? value : throw new FormatException($"{File}: '{name}' is not a whole number.");

        public int Integer(string name, int otherwise) => Has(name) ? Integer(name) : otherwise;

        public string Text(string name) => Find(name, JsonValueKind.String).GetString()!;

        public string Text(string name, string otherwise) => Has(name) ? Text(name) : otherwise;

        public bool Flag(string name) => Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(name, out var found) && found.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? found.GetBoolean()
            : throw new FormatException($"{File}: '{name}' is missing or neither true nor false.");

        private bool Has(string name) => Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(name, out _);

        private JsonElement Find(string name, JsonValueKind kind) => Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(name, out var found) && found.ValueKind == kind
            ? found
            : throw new FormatException($"{File}: '{name}' is missing or not a {kind}.");
    }
}

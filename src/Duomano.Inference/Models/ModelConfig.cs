using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Performing;
using Duomano.Inference.Features;
using Duomano.Inference.Motion;
using Duomano.Networks.Configuration;

namespace Duomano.Inference.Models;

/// <summary>The motion part of a model directory's config.json: everything needed to rebuild its networks.</summary>
public sealed record ModelConfig
{
    /// <summary>The version of this layout that is written and read.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Channels of a gesture network that tell of the wrist, where it draws it.</summary>
    public const int WristChannels = 3;

    /// <summary>Its file's name in a model directory.</summary>
    public const string FileName = "config.json";

    /// <summary>How every JSON of a model or training run is written.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Layout version.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Frames a second of features and motion.</summary>
    public double Fps { get; init; } = 30;

    /// <summary>Frames that the networks look at together, a multiple of 8.</summary>
    public int WindowFrames { get; init; } = 240;

    /// <summary>Least frames that neighbouring windows share.</summary>
    public int OverlapFrames { get; init; } = 60;

    /// <summary>How motion is scaled for the networks.</summary>
    public required MotionNormalization Normalization { get; init; }

    /// <summary>Each hand's position predictor.</summary>
    public required PositionConfig Position { get; init; }

    /// <summary>
    /// How far what the predictors tell of the wrists' places in the plane of the keys is drawn to <see cref="ExpectedWrists"/>, 0
    /// for not at all to 1; for models that are conditioned on notes.
    /// </summary>
    public float ExpectedWristShare
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(ExpectedWristShare), value, $"The expected wrists' share is 0 to 1, not {value}.");
    }

    /// <summary>
    /// How strongly the networks are asked for a style's numbers where <see cref="GenerationOptions.StyleStrength"/> is 1. Networks go less far
    /// towards a style than whoever has it; with the right number what is asked for is what is found. Asking for a person whose habits are left open it does not touch.
    /// </summary>
    public float StyleStrength
    {
        get;
        init => field = value is >= 0.1f and <= 10 ? value : throw new ArgumentOutOfRangeException(nameof(StyleStrength), value, $"A style's strength is 0.1 to 10, not {value}.");
    } = 1;

    /// <summary>Each hand's gesture network.</summary>
    public required UNetConfig Gesture { get; init; }

    /// <summary>How the gesture network was diffused.</summary>
    public DiffusionConfig Diffusion { get; init; } = new();

    /// <summary>Which quirks of the published implementation the weights were trained with.</summary>
    public ReferenceCompatibility Compatibility { get; init; } = ReferenceCompatibility.Ours;

    /// <summary>Whether the networks are conditioned on sound, by an audio encoder, and not on notes.</summary>
    [JsonIgnore]
    public bool TakesSound => Position.AudioEncoder is not null;

    /// <summary>Whether the gesture networks draw how the wrists depart from where they are predicted, as channels behind the pose's.</summary>
    [JsonIgnore]
    public bool DrawsWrists => Normalization.WristScale is not null;

    /// <summary>Whether the networks are told of styles.</summary>
    [JsonIgnore]
    public bool KnowsStyles => Gesture.FeatureEncoder is { } encoder && PlayingFeatures.TakesStyle(encoder.Features);

    /// <summary>Reads and checks a model directory's configuration.</summary>
    /// <param name="folder">The model directory.</param>
    /// <exception cref="UnreadableFileException">The file is missing, is no JSON, or says something impossible.</exception>
    public static ModelConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new UnreadableFileException(path, "", "a model directory has this file; there is none");
        try
        {
            var config = JsonSerializer.Deserialize<ModelConfig>(OrdinaryFile.ReadAllText(path), Json) ?? throw new UnreadableFileException(path, "", "is null; a JSON object was expected");
            config.Validate();
            return config;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or NotSupportedException)
        {
            throw new UnreadableFileException(path, "", error.Message.Split('\n')[0], error);
        }
    }

    /// <summary>Writes this part into a model directory's config.json and leaves its other parts alone.</summary>
    /// <param name="folder">The model directory; made if missing.</param>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        var whole = File.Exists(path) ? JsonNode.Parse(OrdinaryFile.ReadAllText(path))!.AsObject() : [];
        foreach (var (name, value) in JsonSerializer.SerializeToNode(this, Json)!.AsObject()) whole[name] = value?.DeepClone();
        WholeFile.Write(path, stream =>
        {
            using var writer = new Utf8JsonWriter(stream, new() { Indented = true });
            whole.WriteTo(writer);
        });
    }

    internal void Validate()
    {
        if (Format != CurrentFormat) throw new ArgumentException($"format {Format} is not the format {CurrentFormat} that this version reads");
        if (!(Fps > 0)) throw new ArgumentException($"fps is positive, not {Fps}");
        Normalization.Validate();
        Position.Validate();
        Gesture.Validate();
        if (Position.FeatureEncoder is { } told && !PositionFeatures.IsWidth(told.Features)) throw new ArgumentException($"the position predictor's features are {PlayingFeatures.Width} or {PositionFeatures.AnchoredWidth}, and {StyleFeatures.Width} more with styles, not {told.Features}");
        if (Gesture.FeatureEncoder is { Features: var width } && !PlayingFeatures.IsWidth(width)) throw new ArgumentException($"the gesture network's features are {PlayingFeatures.OwnWidth} or {PlayingFeatures.Width}, and {StyleFeatures.Width} more with styles, not {width}");
        if (Gesture.GuideWidth != 0 && !GestureGuide.IsWidth(Gesture.GuideWidth)) throw new ArgumentException($"guideWidth is 0, {GestureGuide.WristsWidth}, {GestureGuide.ReachWidth} or {GestureGuide.OwnReachWidth}, not {Gesture.GuideWidth}");
        if (Gesture.GuideWidth > GestureGuide.WristsWidth && TakesSound) throw new ArgumentException($"guideWidth {Gesture.GuideWidth} is for models of notes, not of sound");
        if (TakesSound && (Gesture.FeatureEncoder is not null || Gesture.CondWidth != Position.CondWidth))
        {
            throw new ArgumentException($"the gesture network's condition, {Gesture.CondWidth} wide, is not the {Position.CondWidth} numbers that the position predictor hands on");
        }

        var channels = HandJoint.PoseLength + (DrawsWrists ? WristChannels : 0);
        if (Gesture.Channels != channels) throw new ArgumentException($"the gesture network has {Gesture.Channels} channels, not the {channels} of {(DrawsWrists ? "pose and wrist" : "a pose")}");
        if (WindowFrames % Gesture.FrameMultiple != 0) throw new ArgumentException($"windowFrames {WindowFrames} is not a multiple of {Gesture.FrameMultiple}");
        if (WindowFrames > Math.Min(Gesture.MaxLength, Position.MaxLength)) throw new ArgumentException($"windowFrames {WindowFrames} is more than maxLength");
        if (OverlapFrames < 0 || OverlapFrames > WindowFrames / 2) throw new ArgumentException($"overlapFrames is 0 to half a window, not {OverlapFrames}");
    }
}

using Duomano.Networks.Configuration;

namespace Duomano.Training.Published;

/// <summary>
/// The part of a recipe that makes it one of the published system: from sound through an audio encoder, in the camera frame of
/// PianoMotion10M, streamed from disk. The defaults are the published ones.
/// </summary>
public sealed record SoundTraining
{
    /// <summary>Uploaders to train on; empty for all.</summary>
    public IReadOnlyList<string> Uploaders { get; init; } = [];

    /// <summary>Whether the published order and the clip that is left out there are kept.</summary>
    public bool PublishedOrder { get; init; } = true;

    /// <summary>Whether annotations' adjustments are added.</summary>
    public bool Adjust { get; init; } = true;

    /// <summary>What the networks do where the published code looks unintended.</summary>
    public ReferenceCompatibility Compatibility { get; init; } = ReferenceCompatibility.Published;

    /// <summary>Whether dropout drops while validating, and in the predictor that a gesture training asks; published, by never leaving training mode.</summary>
    public bool DropoutAlways { get; init; } = true;

    /// <summary>Whether the error of first differences counts frames in which a hand was not seen.</summary>
    public bool VelocityOfUnseenFrames { get; init; } = true;

    /// <summary>Whether a gesture training keeps its frozen predictors as float16 and widens a layer at a time: with HuBERT-large 1.3 GB less.</summary>
    public bool HalvedPredictors { get; init; }

    /// <summary>Windows measured together at validations.</summary>
    public int ValidationBatch
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(ValidationBatch), value, $"At least 1 window is measured together, not {value}.");
    } = 16;

    /// <summary>Denoising steps of a validation of gestures: all of the diffusion's (ancestral) if 0, otherwise so many of DPM-Solver++.</summary>
    public int ValidationSteps
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(ValidationSteps), value, $"Denoising steps are at least 0, not {value}.");
    }
}

using Duomano.Core.Hands;
using Duomano.Core.Playing;

namespace Duomano.Inference;

/// <summary>How motion is generated.</summary>
public sealed record GenerationOptions
{
    /// <summary>Equal seeds give equal motion.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Denoising steps, or the model's own choice.</summary>
    public int? Steps
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, $"At least 1 denoising step is needed, not {value}.");
    }

    /// <summary>The sampler, or the model's own choice.</summary>
    public SamplerKind? Sampler { get; init; }

    /// <summary>Deviation of the noise that sampling uses, 0 to 1, or the model's own choice.</summary>
    public float? Temperature
    {
        get;
        init => field = value is null or (>= 0 and <= 1) ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, $"A temperature is 0 to 1, not {value}.");
    }

    /// <summary>How far fingers are led to their keys in each step of sampling, 0 for not at all to 1, or the model's own choice; not for models of MANO's hand.</summary>
    public float? Guidance
    {
        get;
        init => field = value is null or (>= 0 and <= 1) ? value : throw new ArgumentOutOfRangeException(nameof(Guidance), value, $"Guidance is 0 to 1, not {value}.");
    }

    /// <summary>Who is to play and how; only models that know styles can be asked for others than people.</summary>
    public PlayerStyle Style { get; init; } = PlayerStyle.Person;

    /// <summary>How far the motion goes towards the style from what anybody would do: 1 as people of that style do, less for less, up to 4.</summary>
    public float StyleStrength
    {
        get;
        init => field = value is >= 0 and <= 4 ? value : throw new ArgumentOutOfRangeException(nameof(StyleStrength), value, $"A style's strength is 0 to 4, not {value}.");
    } = 1;

    /// <summary>How much louder and softer notes differ from one another for the hands that play them, times as much as they do.</summary>
    public float Expression
    {
        get;
        init => field = value is >= 0 and <= 2 ? value : throw new ArgumentOutOfRangeException(nameof(Expression), value, $"Expression is 0 to 2, not {value}.");
    } = 1;

    /// <summary>How long keys are held, how exact their moments are and how high fingers are lifted where they are put on their keys.</summary>
    public PerformanceStyle Touch { get; init; } = PerformanceStyle.Neutral;

    /// <summary>Size of the hands, times those that the model learned to move.</summary>
    public float HandSize
    {
        get;
        init => field = value is >= HandSkeleton.SmallestSize and <= HandSkeleton.LargestSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(HandSize), value, $"A hand size is {HandSkeleton.SmallestSize} to {HandSkeleton.LargestSize}, not {value}.");
    } = 1;

    /// <summary>Hands of one's own that are to play, such as MANO's or an avatar's; null for ours.</summary>
    public PerHand<HandSkeleton>? OwnHands { get; init; }

    /// <summary>Whether the fingers are put on their keys afterwards.</summary>
    public bool Contact { get; init; } = true;
}

/// <summary>The samplers by which a diffusion model can be asked.</summary>
public enum SamplerKind
{
    /// <summary>DPM-Solver++(2M) (Lu et al. 2022).</summary>
    DpmSolver,

    /// <summary>DDIM without noise (Song et al. 2021).</summary>
    Ddim,

    /// <summary>Ancestral sampling over all steps of training (Ho et al. 2020), the published way.</summary>
    Ancestral,
}

/// <summary>Names of samplers.</summary>
public static class Samplers
{
    /// <summary>What a command line or configuration calls a sampler.</summary>
    public static string NameOf(SamplerKind kind) => kind switch
    {
        SamplerKind.DpmSolver => "dpm++",
        SamplerKind.Ddim => "ddim",
        _ => "ddpm",
    };

    /// <summary>The sampler that a command line or configuration names.</summary>
    /// <exception cref="ArgumentException">The name is none of dpm++, ddim, ddpm.</exception>
    public static SamplerKind Parse(string name) => name switch
    {
        "dpm++" => SamplerKind.DpmSolver,
        "ddim" => SamplerKind.Ddim,
        "ddpm" => SamplerKind.Ancestral,
        _ => throw new ArgumentException($"'{name}' is no sampler: dpm++, ddim or ddpm is."),
    };
}

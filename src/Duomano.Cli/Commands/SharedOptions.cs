using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;
using Duomano.Inference;

namespace Duomano.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    /// <summary>What a style drawn from the seed is called.</summary>
    public const string RandomStyle = "random";

    public static Option<string[]> Outputs() => new("--output", "-o")
    {
        Description = "File to write; its extension says what: .glb .html .bvh .npz .json .csv .png .mp4. May be given several times. Of a folder of pieces, the folder for what is made of them.",
        Required = true,
        HelpName = "OUT",
    };

    public static Option<long> Seed() => NumberOption.Of("--seed", "Equal seeds give equal results.", 1L);

    public static Option<float> HandSize() =>
        NumberOption.Of("--hand-size", "Size of the hands, times the usual.", 1f, HandSkeleton.SmallestSize, HandSkeleton.LargestSize);

    public static Option<string?> Hand() => new("--hand")
    {
        Description = "A hand of your own: mano=FILE, FILE being MANO_RIGHT.pkl or a .npz of its arrays; annotations are then read with the build they tell (mano-mean=FILE: with MANO's mean build, as the published drawings).",
        HelpName = "mano=FILE",
    };

    public static Option<string?> Fingering() => new("--fingering")
    {
        Description = "Table of hands and fingers to play with (columns onset_sec, offset_sec, pitch, velocity, hand, finger; hand R, L or ?, finger 1 to 5 or 0 where not given); the other notes are planned around them.",
        HelpName = "FILE.tsv",
    };

    public static Option<string[]> Tracks() => new("--track")
    {
        Description = "Track or part to play, by name or by its number in the file (duomano info tells both); may be given several times. The pianos if not given.",
        HelpName = "NAME|N",
    };

    public static Option<double> BvhScale()
    {
        var option = NumberOption.Of("--bvh-scale", "Units a metre in .bvh files: 1 for metres, 100 for centimetres, as Unity's and MotionBuilder's importers take them.", 1.0, 0.001, 10000);
        option.HelpName = "UNITS";
        return option;
    }

    public static Option<bool> BvhHands() => new("--bvh-hands")
    {
        Description = "Write .bvh as a file a hand (NAME.left.bvh, NAME.right.bvh) with the wrist as root, for importers that ignore the positions of other joints.",
    };

    public static Option<int> Threads() => NumberOption.Of("--threads", "Threads to compute with; more than the processor has are not used.", Environment.ProcessorCount, 1);

    public static Option<string> Model() => new("--model")
    {
        Description = "Name of a bundled model, or a model directory.",
        DefaultValueFactory = _ => ModelFinder.Default,
        HelpName = "NAME|DIR",
    };

    public static Option<int?> Steps()
    {
        var option = NumberOption.Optional<int>("--steps", "Denoising steps, at most as many as the model was trained with; the model's own choice if not given.", 1);
        option.HelpName = "N";
        return option;
    }

    public static Option<string?> Sampler() => new("--sampler")
    {
        Description = "dpm++, ddim or ddpm; the model's own choice if not given.",
    };

    public static Option<InferencePrecision> Precision() => NamedChoice.Option(
        "--precision",
        "What the gesture networks' large weights are multiplied in: float32, or int8 where the processor has instructions for it (for models of the published size: three times as fast, a quarter of the memory).",
        InferencePrecision.Float32);

    public static Option<float?> Temperature() =>
        NumberOption.Optional<float>("--temperature", "Deviation of the sampling noise, 0 (always the same motion) to 1; the model's own choice if not given.", 0, 1);

    public static Option<float?> Guidance() =>
        NumberOption.Optional<float>("--guidance", "How far fingers are led to their keys in each denoising step, 0 (not at all) to 1; the model's own choice if not given.", 0, 1);

    public static Option<double> Start()
    {
        var option = NumberOption.Of("--start", "Where in the piece to begin, seconds.", 0.0, 0);
        option.HelpName = "SEC";
        return option;
    }

    public static Option<double?> Length()
    {
        var option = NumberOption.Optional<double>("--length", "How much of it to take, seconds.", 0, above: true);
        option.HelpName = "SEC";
        return option;
    }

    /// <summary>A named style with a seed for its timing; "random" draws the whole style from the seed. Null where there is no such style.</summary>
    public static PerformanceStyle? FindStyle(string name, long seed) =>
        name == RandomStyle ? PerformanceStyle.Random(new SeededRandom(seed))
        : PerformanceStyle.Named.TryGetValue(name, out var style) ? style with { Seed = seed } : null;

    public static Option<string?> View() => new("--view")
    {
        Description = "Where videos are seen from: top (above the keys), player (over the player's shoulders) or, of an avatar, side. Top if not given, side of an avatar.",
        HelpName = "top|player|side",
    };

    public static Option<string?> SoundFont() => new("--soundfont")
    {
        Description = "Instrument (.sf2) for videos of MIDI files, which fluidsynth plays; one of the system's if not given.",
        HelpName = "FILE",
    };

    public static Option<string?> Sound() => new("--sound")
    {
        Description = "Recording that pages and videos play instead of the input's own sound or a piano's; it begins where the piece begins.",
        HelpName = "FILE",
    };

    /// <summary>An option that names one of several runs.</summary>
    /// <param name="description">What it makes a part of.</param>
    public static Option<string?> Shard(string description) => new("--shard")
    {
        Description = $"{description} auto is for Slurm arrays (SLURM_ARRAY_TASK_ID, _MIN, _STEP, _COUNT), auto/N also for Kubernetes indexed jobs (JOB_COMPLETION_INDEX).",
        HelpName = "I/N|auto|auto/N",
    };

    /// <summary>The run that the option names; the whole work where it is not given.</summary>
    public static Core.Jobs.Shard ShardNamed(string? text) => text is null ? Core.Jobs.Shard.Whole : Core.Jobs.Shard.Parse(text, Environment.GetEnvironmentVariable);

    /// <summary>As many threads as were asked for and can run at once.</summary>
    public static int Usable(int threads) => Math.Min(threads, Environment.ProcessorCount);
}

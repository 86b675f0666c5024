using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Inference;

namespace Duomano.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    private const string RandomStyle = "random";

    public static Option<string[]> Outputs() => new("--output", "-o")
    {
        Description = "File to write; its extension says what: .glb .html .bvh .npz .json .csv .png .mp4. May be given several times.",
        Required = true,
        HelpName = "OUT",
    };

    public static Option<long> Seed() => new("--seed")
    {
        Description = "Equal seeds give equal results.",
        DefaultValueFactory = _ => 1,
    };

    public static Option<float> HandSize() => new("--hand-size")
    {
        Description = "Size of the hands, times the usual.",
        DefaultValueFactory = _ => 1,
    };

    public static Option<string?> Hand() => new("--hand")
    {
        Description = "A hand of your own: mano=FILE, FILE being MANO_RIGHT.pkl or a .npz of its arrays; annotations are then read with the build they tell (mano-mean=FILE: with MANO's mean build, as the published drawings).",
        HelpName = "mano=FILE",
    };

    public static Option<string> Style() => new("--style")
    {
        Description = "How the pianist moves: calm, neutral, virtuoso or random (drawn from the seed).",
        DefaultValueFactory = _ => "neutral",
    };

    public static Option<string?> Fingering() => new("--fingering")
    {
        Description = "Table of hands and fingers to play with (columns onset_sec, offset_sec, pitch, velocity, hand, finger; hand R, L or ?, finger 1 to 5 or 0 where not given); the other notes are planned around them.",
        HelpName = "FILE.tsv",
    };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "Threads to compute with.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public static Option<string> Model() => new("--model")
    {
        Description = "Name of a bundled model, or a model directory.",
        DefaultValueFactory = _ => ModelFinder.Default,
        HelpName = "NAME|DIR",
    };

    public static Option<int?> Steps() => new("--steps")
    {
        Description = "Denoising steps; the model's own choice if not given.",
        HelpName = "N",
    };

    public static Option<string?> Sampler() => new("--sampler")
    {
        Description = "dpm++, ddim or ddpm; the model's own choice if not given.",
    };

    public static Option<InferencePrecision> Precision() => NamedChoice.Option(
        "--precision",
        "What the gesture networks' large weights are multiplied in: float32, or int8 where the processor has instructions for it (for models of the published size: three times as fast, a quarter of the memory).",
        InferencePrecision.Float32);

    public static Option<float?> Temperature() => new("--temperature")
    {
        Description = "Deviation of the sampling noise, 0 (always the same motion) to 1; the model's own choice if not given.",
    };

    public static Option<double> Start() => new("--start")
    {
        Description = "Where in the piece to begin, seconds.",
        HelpName = "SEC",
    };

    public static Option<double?> Length() => new("--length")
    {
        Description = "How much of it to take, seconds.",
        HelpName = "SEC",
    };

    /// <summary>A named style with a seed for its timing; "random" draws the whole style from the seed.</summary>
    public static PerformanceStyle StyleNamed(string name, long seed = 1) =>
        name == RandomStyle ? PerformanceStyle.Random(new SeededRandom(seed))
        : PerformanceStyle.Named.TryGetValue(name, out var style) ? style with { Seed = seed }
        : throw new ArgumentException($"--style is {string.Join(", ", PerformanceStyle.Named.Keys)} or {RandomStyle}, not '{name}'.");

    public static Option<string> View() => new("--view")
    {
        Description = "Where videos are seen from: top (above the keys) or player (over the player's shoulders).",
        DefaultValueFactory = _ => "top",
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

    public static int AtLeastOne(int threads) => threads >= 1 ? threads : throw new ArgumentException($"--threads is at least 1, not {threads}.");
}

using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Networks.Configuration;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Checkpoints;

/// <summary>A published experiment's folder, read and checked: args.txt, args_posi.txt and both hands' checkpoints.</summary>
/// <param name="Arguments">The sizes; the position predictor with its audio encoder.</param>
/// <param name="Files">Where each hand's weights are from.</param>
/// <param name="Position">Each hand's predictor, as <see cref="PositionNetwork.Parameters"/> names it.</param>
/// <param name="Gesture">Each hand's gesture network, as <see cref="TwoHandUNet.Parameters"/> names it.</param>
/// <param name="Remarks">What is odd about the folder but does not keep it from being used.</param>
public sealed record PublishedExperiment(
    PublishedArguments Arguments, PerHand<PublishedFile> Files, PerHand<StateDict> Position, PerHand<StateDict> Gesture, IReadOnlyList<string> Remarks)
{
    private const string GestureArguments = "args.txt";
    private const string PositionArguments = "args_posi.txt";
    private const string Model = "model.";
    private const string Predictor = "piano2posi.";

    private static readonly string[] ScheduleNames =
    [
        "betas", "alphas_cumprod", "alphas_cumprod_prev", "sqrt_alphas_cumprod", "sqrt_one_minus_alphas_cumprod", "log_one_minus_alphas_cumprod", "sqrt_recip_alphas_cumprod",
        "sqrt_recipm1_alphas_cumprod", "posterior_variance", "posterior_log_variance_clipped", "posterior_mean_coef1", "posterior_mean_coef2", "loss_weight",
    ];

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The experiment.</param>
    /// <param name="encoder">The audio encoder's folder, for its sizes; null to tell them from the weights.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">Something is missing, unexpected, of another shape or not what its name says.</exception>
    public static PublishedExperiment Read(string folder, string? encoder = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder)) throw new UnreadableFileException(folder, "", "there is no such folder");
        var (gestureArguments, positionArguments) = (Text(folder, GestureArguments), Text(folder, PositionArguments));
        var sizes = encoder is null ? null : HuggingFaceEncoder.ReadConfig(encoder);
        var files = PerHand.Create(side => PublishedFiles.Newest(folder, PublishedFiles.Gesture, side)
            ?? throw new UnreadableFileException(folder, "", $"has no checkpoint {PublishedFiles.Gesture}-{side.Name()}-iter=….ckpt"));
        var remarks = new List<string>();
        if (files.Left.Iteration != files.Right.Iteration) remarks.Add($"the left hand is of iteration {files.Left.Iteration}, the right one of {files.Right.Iteration}");

        var hands = files.Map(file => ReadHand(folder, file, gestureArguments, positionArguments, sizes, cancellation));
        Check(files.Right, "the position predictor, beside the left hand's", PositionNetwork.Parameters(hands.Left.Arguments.Position, ReferenceCompatibility.Published), hands.Right.Position);
        CheckHandsDiffer(files, hands);
        remarks.AddRange(ComparePredictors(folder, files, hands, cancellation));
        return new(hands.Left.Arguments, files, hands.Map(hand => hand.Position), hands.Map(hand => hand.Gesture), remarks);
    }

    private static string Text(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? OrdinaryFile.ReadAllText(path) : throw new UnreadableFileException(path, "", "a published experiment has this file; there is none");
    }

    private static Hand ReadHand(string folder, PublishedFile file, string gestureArguments, string positionArguments, AudioEncoderConfig? sizes, CancellationToken cancellation)
    {
        var all = PyTorchCheckpoint.Read(file.Path, cancellation).StateDict;
        var (gesture, position) = (all.Under(Model), PublishedPredictor.Named(all.Under(Predictor)));
        if (gesture.Count == 0 || position.Count == 0)
        {
            throw new UnreadableFileException(file.Path, "", all.TryGet("bs_map_r.0.weight", out _)
                ? "holds a position predictor alone, though its name says a gesture network"
                : $"holds {gesture.Count} tensors '{Model}…' and {position.Count} tensors '{Predictor}…', of both a published gesture checkpoint has some");
        }

        PublishedArguments arguments;
        try
        {
            arguments = PublishedArguments.Read(gestureArguments, positionArguments, all);
        }
        catch (FormatException problem)
        {
            throw new UnreadableFileException(folder, "", problem.Message.Split('\n')[0], problem);
        }

        try
        {
            arguments = arguments with { Position = arguments.Position with { AudioEncoder = sizes ?? EncoderSizes.Of(position.Under($"{PositionNetwork.AudioEncoderName}.")) } };
            arguments.Position.Validate();
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException)
        {
            throw new UnreadableFileException(file.Path, PositionNetwork.AudioEncoderName, problem.Message.Split('\n')[0], problem);
        }

        CheckNames(file, all);
        CheckSchedule(file, all, arguments.Timesteps);
        Check(file, "the gesture network", TwoHandUNet.Parameters(arguments.Gesture, ReferenceCompatibility.Published), gesture);
        Check(file, "the position predictor", PositionNetwork.Parameters(arguments.Position, ReferenceCompatibility.Published), position);
        return new(arguments, position, gesture);
    }

    private static void Check(PublishedFile file, string what, IReadOnlyList<ParameterDeclaration> declared, StateDict found)
    {
        if (declared.Mismatch(found) is { } problem) throw new UnreadableFileException(file.Path, what, problem);
    }

    private static void CheckNames(PublishedFile file, StateDict all)
    {
        string[] unexpected =
        [
            .. all.Names.Where(name => !name.StartsWith(Model, StringComparison.Ordinal) && !name.StartsWith(Predictor, StringComparison.Ordinal) && !ScheduleNames.Contains(name)),
        ];
        if (unexpected.Length > 0) throw new UnreadableFileException(file.Path, "", $"{unexpected.Length} unexpected: {string.Join(", ", unexpected.Select(FileWords.Quote))}");
    }

    private static void CheckSchedule(PublishedFile file, StateDict all, int timesteps)
    {
        string[] missing = [.. ScheduleNames.Where(name => !all.TryGet(name, out _))];
        if (missing.Length > 0) throw new UnreadableFileException(file.Path, "the noise schedule", $"{missing.Length} missing: {string.Join(", ", missing)}");
        var betas = all["betas"];
        if (!betas.Shape.SequenceEqual([timesteps])) throw new UnreadableFileException(file.Path, "betas", $"is {betas}, {GestureArguments} says {timesteps} steps");
        var known = NoiseSchedule.Cosine(timesteps).Betas;
        var apart = betas.Values.Zip(known, (a, b) => Math.Abs(a - b)).Max();
        if (!(apart < 1e-5f)) throw new UnreadableFileException(file.Path, "betas", $"are not those of the cosine schedule of {timesteps} steps ({apart:g3} apart)");
    }

    private static void CheckHandsDiffer(PerHand<PublishedFile> files, PerHand<Hand> hands)
    {
        if (!Same(hands.Left.Gesture, hands.Right.Gesture)) return;
        throw new UnreadableFileException(files.Right.Path, "", $"holds the same gesture network as {Path.GetFileName(files.Left.Path)}: one of the two is not what its name says");
    }

    // The predictors' own files tell whether a gesture checkpoint belongs to the hand in its name.
    private static IEnumerable<string> ComparePredictors(string folder, PerHand<PublishedFile> files, PerHand<Hand> hands, CancellationToken cancellation)
    {
        foreach (var side in HandSides.Both)
        {
            if (PublishedFiles.Newest(folder, PublishedFiles.Position, side) is not { } file) continue;
            var alone = PublishedPredictor.Named(PyTorchCheckpoint.Read(file.Path, cancellation).StateDict);
            Check(file, "the position predictor", PositionNetwork.Parameters(hands[side].Arguments.Position, ReferenceCompatibility.Published), alone);
            if (Same(alone, hands[side].Position)) continue;
            if (Same(alone, hands[side.Other()].Position))
            {
                throw new UnreadableFileException(file.Path, "", $"is the predictor inside {Path.GetFileName(files[side.Other()].Path)}: the {side.Name()} and the {side.Other().Name()} hand are mixed up");
            }

            yield return $"{Path.GetFileName(file.Path)} is not the predictor inside {Path.GetFileName(files[side].Path)}; the one inside is taken, as the published evaluation does";
        }
    }

    private static bool Same(StateDict a, StateDict b) =>
        a.Count == b.Count && a.Names.All(name => b.TryGet(name, out var other) && a[name].Values.AsSpan().SequenceEqual(other.Values));

    private sealed record Hand(PublishedArguments Arguments, StateDict Position, StateDict Gesture);
}

using Duomano.Inference.Features;
using Duomano.Networks.Configuration;
using Duomano.Training.Gesture;

namespace Duomano.Training.Ablation;

/// <summary>A gesture training that departs from the paper's in one thing.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Title">What tables call it.</param>
/// <param name="Of">Makes its recipe of the paper's.</param>
public sealed record AblationVariant(string Name, string Title, Func<GestureRecipe, GestureRecipe> Of)
{
    // The share by which one network for both hands is wider, so that it has about as many numbers as two.
    private const double WiderTogether = 1.5;

    /// <summary>The paper's own: a network for each hand with noise of its own, tied by HCAA.</summary>
    public static AblationVariant Paper { get; } = new("paper", "own noise, HCAA (the paper's)", recipe => recipe);

    /// <summary>Those that the paper's claims are about, the paper's first.</summary>
    public static IReadOnlyList<AblationVariant> Claims { get; } =
    [
        Paper,
        new("shared-noise", "the same noise for both hands", recipe => recipe with { SharedNoise = true }),
        new("no-exchange", "no exchange", Fused(FusionMode.OwnHandOnly)),
        new("cross-attention", "plain cross-attention", Fused(FusionMode.CrossAttentionAfterMiddle)),
        new("symmetric", "symmetric differential attention", Fused(FusionMode.Symmetric)),
        new("one-stream", "one stream for both hands", recipe => recipe with { OneStream = true, Network = recipe.Network with { Dim = (int)(recipe.Network.Dim * WiderTogether) / 8 * 8 } }),
        new("no-guide", "without position guidance", recipe => recipe with { Network = recipe.Network with { GuideWidth = 0 } }),
    ];

    /// <summary>All there are.</summary>
    public static IReadOnlyList<AblationVariant> All { get; } =
    [
        .. Claims,
        new("cross-attention-before", "cross-attention before the middle blocks", Fused(FusionMode.CrossAttentionBeforeMiddle)),
        new("joined-before", "joined before the middle blocks", Fused(FusionMode.ConcatBeforeMiddle)),
        new("joined-within", "joined before the last middle block", Fused(FusionMode.ConcatWithinMiddle)),
        new("other-told", "the other hand's notes in the condition", recipe => recipe with { Network = recipe.Network with { FeatureEncoder = recipe.Network.FeatureEncoder! with { Features = PlayingFeatures.Width } } }),
    ];

    /// <summary>Finds one by its name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static AblationVariant Named(string name) => All.FirstOrDefault(variant => variant.Name == name)
        ?? throw new ArgumentException($"There is no variant '{name}'; there are {string.Join(", ", All.Select(variant => variant.Name))}.", nameof(name));

    private static Func<GestureRecipe, GestureRecipe> Fused(FusionMode mode) => recipe => recipe with { Network = recipe.Network with { Fusion = mode } };
}

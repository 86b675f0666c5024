using System.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>What something to look at is made of; every picture and file takes it from here.</summary>
/// <param name="Name">What files call it.</param>
/// <param name="Color">Linear red, green and blue.</param>
/// <param name="Roughness">0 mirror-like to 1 chalk-like.</param>
public sealed record SurfaceMaterial(string Name, Vector3 Color, float Roughness)
{
    /// <summary>A hand's skin; the mesh's tints vary it.</summary>
    public static SurfaceMaterial Skin { get; } = new("skin", new(0.66f, 0.37f, 0.265f), 0.58f);

    /// <summary>A fingernail.</summary>
    public static SurfaceMaterial Nail { get; } = new("nail", new(0.90f, 0.68f, 0.58f), 0.30f);

    /// <summary>A shirt's cuff.</summary>
    public static SurfaceMaterial Cuff { get; } = new("cuff", new(0.78f, 0.78f, 0.76f), 0.85f);

    /// <summary>A jacket's sleeve.</summary>
    public static SurfaceMaterial Sleeve { get; } = new("sleeve", new(0.040f, 0.050f, 0.078f), 0.90f);

    /// <summary>A white key.</summary>
    public static SurfaceMaterial WhiteKey { get; } = new("white_key", new(0.80f, 0.785f, 0.74f), 0.28f);

    /// <summary>A black key.</summary>
    public static SurfaceMaterial BlackKey { get; } = new("black_key", new(0.014f, 0.014f, 0.016f), 0.36f);

    /// <summary>The wood around the keys.</summary>
    public static SurfaceMaterial Case { get; } = new("case", new(0.021f, 0.0165f, 0.0145f), 0.36f);

    /// <summary>The strip of felt behind the keys.</summary>
    public static SurfaceMaterial Felt { get; } = new("felt", new(0.20f, 0.012f, 0.016f), 0.95f);
}

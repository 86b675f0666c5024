using System.Numerics;
using Duomano.Core.Keyboard;

namespace Duomano.Core.Shapes;

/// <summary>A part of the piano that does not move.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Material">What it is made of.</param>
/// <param name="Mesh">Its body in the piano frame.</param>
public sealed record CasePart(string Name, SurfaceMaterial Material, TriangleMesh Mesh);

/// <summary>The keyboard's bodies. A key's mesh stands around its hinge, so that turning it about x presses it.</summary>
public static class KeyShape
{
    /// <summary>Where keys hinge: further back than their visible tops end, metres (z).</summary>
    public const float HingeZ = -0.22f;

    /// <summary>Where the sustain pedal is hinged, metres.</summary>
    public static readonly Vector3 Pedal = new(0.06f, -0.63f, -0.15f);

    private const float Gap = 0.0005f;
    private const float Thickness = 0.020f;

    // Behind its visible end a white key goes on below the felt.
    private const float Hidden = 0.006f;

    /// <summary>Where a key's hinge is, metres.</summary>
    public static Vector3 Hinge(PianoKey key) => new(key.CenterX, 0, HingeZ);

    /// <summary>The angle that brings a key's front down by the key travel, radians about x.</summary>
    public static float PressAngle(PianoKey key) => MathF.Asin(PianoKey.Travel / (key.FrontZ - HingeZ));

    /// <summary>Keys of equal names have equal shapes: all black ones, and the white ones of a pitch class but for the two ends.</summary>
    public static string ShapeName(PianoKey key) => key.IsBlack ? "black" : key.Midi is PianoKey.LowestMidi or PianoKey.HighestMidi ? key.Name : key.Name[..1];

    /// <summary>What a key is made of.</summary>
    public static SurfaceMaterial Material(PianoKey key) => key.IsBlack ? SurfaceMaterial.BlackKey : SurfaceMaterial.WhiteKey;

    /// <summary>A key at rest, around its hinge.</summary>
    public static TriangleMesh Build(PianoKey key)
    {
        var mesh = new TriangleMesh();
        if (key.IsBlack) AddBlack(mesh);
        else AddWhite(mesh, key);
        mesh.Change((position, normal) => (position - Vector3.UnitZ * HingeZ, normal));
        return mesh;
    }

    /// <summary>What holds the keys: the bed below, the board and the felt behind, a slip in front and a block at either end.</summary>
    public static IReadOnlyList<CasePart> BuildCase()
    {
        var (wood, felt) = (new TriangleMesh(), new TriangleMesh());
        var half = PianoKey.All[^1].ExtentX(0).Right + 0.002f;
        const float Block = 0.055f;
        const float Back = PianoKey.BackZ - 0.004f;
        var (bed, bottom) = (-Thickness - PianoKey.Travel - 0.002f, -0.060f);
        wood.AddBlock(new(-half - Block, bottom, HingeZ - 0.03f), new(half + Block, bed, 0.022f), 0.002f);
        wood.AddBlock(new(-half - Block, bed, HingeZ - 0.03f), new(half + Block, 0.060f, Back - 0.004f), 0.006f);
        wood.AddBlock(new(-half - Block, bed, Back - 0.006f), new(-half, 0.020f, 0.022f), 0.005f);
        wood.AddBlock(new(half, bed, Back - 0.006f), new(half + Block, 0.020f, 0.022f), 0.005f);
        wood.AddBlock(new(-half - 0.001f, bed, 0.005f), new(half + 0.001f, -0.011f, 0.022f), 0.003f);
        felt.AddBlock(new(-half, bed, Back - 0.006f), new(half, 0.0165f, PianoKey.BackZ - 0.0005f), 0.0014f);
        return [new("case", SurfaceMaterial.Case, wood), new("felt", SurfaceMaterial.Felt, felt)];
    }

    /// <summary>The bar of a pedal: its far end at the origin, towards the player to +z.</summary>
    public static TriangleMesh BuildPedal()
    {
        var mesh = new TriangleMesh();
        mesh.AddBlock(new(-0.014f, -0.006f, 0), new(0.014f, 0.006f, 0.2f), 0.003f);
        return mesh;
    }

    private static void AddWhite(TriangleMesh mesh, PianoKey key)
    {
        // Behind the black keys' fronts a white key is as narrow as they leave it.
        var (headLeft, headRight) = Extent(key, 0);
        var (tailLeft, tailRight) = Extent(key, PianoKey.BackZ);
        const float Back = PianoKey.BackZ - Hidden;
        const float Neck = -PianoKey.BlackFront + 0.0012f;
        List<Vector2> corners = [new(headLeft, 0), new(headRight, 0)];
        if (tailRight < headRight) corners.AddRange([new(headRight, Neck), new(tailRight, Neck)]);
        corners.AddRange([new(tailRight, Back), new(tailLeft, Back)]);
        if (tailLeft > headLeft) corners.AddRange([new(tailLeft, Neck), new(headLeft, Neck)]);
        mesh.AddPrism(Outline.Rounded([.. corners], 0.0014f), -Thickness, 0, 0.0011f);
    }

    private static void AddBlack(TriangleMesh mesh)
    {
        const float Half = PianoKey.BlackWidth / 2 - Gap;
        const float Back = PianoKey.BackZ - Hidden;
        const float Length = -PianoKey.BlackFront - Back;
        const float Taper = 0.0013f;
        const float Slope = 0.0045f;
        Vector2[] corners = [new(-Half, -PianoKey.BlackFront), new(Half, -PianoKey.BlackFront), new(Half, Back), new(-Half, Back)];
        mesh.AddPrism(Outline.Rounded(corners, 0.0022f), -Thickness, PianoKey.BlackHeight, 0.0018f);

        // Narrower and shorter towards the top.
        mesh.Change((position, normal) =>
        {
            var height = Math.Clamp(position.Y / PianoKey.BlackHeight, 0, 1);
            var place = new Vector3(position.X * (1 - height * Taper / Half), position.Y, Back + (position.Z - Back) * (1 - height * Slope / Length));
            var lean = normal.Y > 0.99f ? 0 : MathF.Abs(normal.X) * Taper / PianoKey.BlackHeight + MathF.Max(0, normal.Z) * Slope / PianoKey.BlackHeight;
            return (place, Vector3.Normalize(normal + Vector3.UnitY * lean));
        });
    }

    private static (float Left, float Right) Extent(PianoKey key, float z)
    {
        var (left, right) = key.ExtentX(z);
        return (left - key.CenterX + Gap, right - key.CenterX - Gap);
    }
}

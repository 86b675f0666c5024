using System.Numerics;
using Duomano.Core.Keyboard;

namespace Duomano.Formats.Glb;

/// <summary>The keyboard's bodies. A key's mesh stands around its hinge, so that turning its node presses it.</summary>
internal static class KeyMesh
{
    /// <summary>Where keys hinge: further back than their visible tops end, metres (z).</summary>
    public const float HingeZ = -0.22f;

    private const float Gap = 0.0005f;
    private const float Thickness = 0.020f;

    /// <summary>The angle that brings a key's front down by the key travel, radians about x.</summary>
    public static float PressAngle(PianoKey key) => MathF.Asin(PianoKey.Travel / (key.FrontZ - HingeZ));

    /// <summary>A key at rest, around its hinge.</summary>
    public static MeshData Build(PianoKey key)
    {
        var mesh = new MeshData();
        if (key.IsBlack) AddBlack(mesh);
        else AddWhite(mesh, key);
        for (var i = 0; i < mesh.Positions.Count; i++) mesh.Positions[i] -= Vector3.UnitZ * HingeZ;
        return mesh;
    }

    /// <summary>What holds the keys: the bed below, the board behind and a block at either end.</summary>
    public static MeshData BuildCase()
    {
        var mesh = new MeshData();
        var half = PianoKey.All[^1].ExtentX(0).Right + 0.002f;
        const float Block = 0.05f;
        var (bed, bottom) = (-Thickness - PianoKey.Travel, -0.055f);
        mesh.AddBox(new(-half - Block, bottom, HingeZ - 0.02f), new(half + Block, bed, 0.02f));
        mesh.AddBox(new(-half - Block, bed, HingeZ - 0.02f), new(half + Block, 0.075f, PianoKey.BackZ - 0.004f));
        mesh.AddBox(new(-half - Block, bed, PianoKey.BackZ - 0.004f), new(-half, 0.012f, 0.02f));
        mesh.AddBox(new(half, bed, PianoKey.BackZ - 0.004f), new(half + Block, 0.012f, 0.02f));
        mesh.AddBox(new(-half, bed, 0.006f), new(half, -0.008f, 0.02f));
        return mesh;
    }

    private static void AddWhite(MeshData mesh, PianoKey key)
    {
        // Behind the black keys' fronts a white key is as narrow as they leave it.
        var (headLeft, headRight) = Extent(key, 0);
        var (tailLeft, tailRight) = Extent(key, PianoKey.BackZ);
        mesh.AddBox(new(headLeft, -Thickness, -PianoKey.BlackFront), new(headRight, 0, 0));
        mesh.AddBox(new(tailLeft, -Thickness, PianoKey.BackZ), new(tailRight, 0, -PianoKey.BlackFront));
    }

    private static void AddBlack(MeshData mesh)
    {
        // Narrower and shorter at the top.
        const float Half = PianoKey.BlackWidth / 2 - Gap;
        const float TopHalf = Half - 0.0012f;
        const float Slope = 0.004f;
        mesh.AddHexahedron(
            [new(-Half, -Thickness, -PianoKey.BlackFront), new(Half, -Thickness, -PianoKey.BlackFront), new(Half, -Thickness, PianoKey.BackZ), new(-Half, -Thickness, PianoKey.BackZ)],
            [new(-TopHalf, PianoKey.BlackHeight, -PianoKey.BlackFront - Slope), new(TopHalf, PianoKey.BlackHeight, -PianoKey.BlackFront - Slope), new(TopHalf, PianoKey.BlackHeight, PianoKey.BackZ), new(-TopHalf, PianoKey.BlackHeight, PianoKey.BackZ)]);
    }

    private static (float Left, float Right) Extent(PianoKey key, float z)
    {
        var (left, right) = key.ExtentX(z);
        return (left - key.CenterX + Gap, right - key.CenterX - Gap);
    }
}

using System.Numerics;

namespace Duomano.Rendering.Raster;

/// <summary>Corners on the screen with their colours, and the triangles between them; the arrays are kept from frame to frame.</summary>
internal sealed class TriangleList
{
    /// <summary>Screen place in samples (x, y) and depth (z, 0 near to 1 far) of each corner; depth is negative for what cannot be drawn.</summary>
    public Vector3[] Places { get; private set; } = [];

    /// <summary>Colours of the corners, 0 to 255 as the screen shows them.</summary>
    public Vector3[] Colors { get; private set; } = [];

    /// <summary>What each corner belongs to; a triangle has its first corner's.</summary>
    public uint[] Tags { get; private set; } = [];

    /// <summary>Three corners a triangle.</summary>
    public int[] Indices { get; private set; } = [];

    /// <summary>Corners in use.</summary>
    public int CornerCount { get; private set; }

    /// <summary>Indices in use.</summary>
    public int IndexCount { get; private set; }

    /// <summary>Forgets all but the first corners and indices.</summary>
    public void Truncate(int corners, int indices) => (CornerCount, IndexCount) = (corners, indices);

    /// <summary>Makes room.</summary>
    /// <returns>Number of the first new corner.</returns>
    public int Reserve(int corners, uint tag)
    {
        var first = CornerCount;
        CornerCount += corners;
        if (Places.Length < CornerCount)
        {
            var places = Places;
            var colors = Colors;
            Array.Resize(ref places, Math.Max(CornerCount, 2 * places.Length));
            Array.Resize(ref colors, places.Length);
            var tags = Tags;
            Array.Resize(ref tags, places.Length);
            (Places, Colors, Tags) = (places, colors, tags);
        }

        Tags.AsSpan(first, corners).Fill(tag);
        return first;
    }

    /// <summary>Adds triangles between corners that are counted from a first one.</summary>
    public void AddTriangles(ReadOnlySpan<int> indices, int first)
    {
        if (Indices.Length < IndexCount + indices.Length)
        {
            var grown = Indices;
            Array.Resize(ref grown, Math.Max(IndexCount + indices.Length, 2 * grown.Length));
            Indices = grown;
        }

        for (var i = 0; i < indices.Length; i++) Indices[IndexCount + i] = indices[i] + first;
        IndexCount += indices.Length;
    }
}

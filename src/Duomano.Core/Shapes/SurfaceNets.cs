using System.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>
/// Turns the zero of a function into triangles: a corner in every cell of a grid that the zero passes through, a square
/// across every edge it cuts (Gibson 1998, "Constrained elastic surface nets"). Where two sheets of the surface pass
/// through one cell each has a corner of its own (Nielson 2004, "Dual marching cubes"), so that the result is closed
/// and nowhere touches itself.
/// </summary>
internal static class SurfaceNets
{
    private const int Block = 6;

    /// <summary>Makes triangles, counter-clockwise as seen from where the function is positive.</summary>
    /// <param name="distance">Negative inside; must be positive at the borders of the box and about a distance everywhere.</param>
    /// <param name="low">The box's lowest corner.</param>
    /// <param name="high">Its highest.</param>
    /// <param name="cell">Width of a cell.</param>
    public static (List<Vector3> Positions, List<int> Indices) Build(Func<Vector3, float> distance, Vector3 low, Vector3 high, float cell)
    {
        var size = (high - low) / cell;
        var (nx, ny, nz) = (Rounded(size.X), Rounded(size.Y), Rounded(size.Z));
        var (stepY, stepZ) = (nx + 1, (nx + 1) * (ny + 1));
        var values = Sample(distance, low, cell, nx, ny, nz);

        // The first corner of each cell; which of a cell's corners each of its edges belongs to is in the cell itself.
        var firsts = new int[stepZ * (nz + 1)];
        var cells = new Dictionary<int, NetCell>();
        var positions = new List<Vector3>();
        Span<float> corners = stackalloc float[8];
        ReadOnlySpan<int> offsets = [0, 1, stepY, stepY + 1, stepZ, stepZ + 1, stepZ + stepY, stepZ + stepY + 1];
        for (var z = 0; z < nz; z++)
        {
            for (var y = 0; y < ny; y++)
            {
                for (var x = 0; x < nx; x++)
                {
                    var at = x + y * stepY + z * stepZ;
                    for (var i = 0; i < 8; i++) corners[i] = values[at + offsets[i]];
                    var sheets = NetCell.Read(corners, out var net);
                    if (sheets == 0) continue;
                    firsts[at] = positions.Count;
                    if (sheets > 1) cells[at] = net;
                    for (var sheet = 0; sheet < sheets; sheet++) positions.Add(low + (new Vector3(x, y, z) + net.Place(corners, sheet)) * cell);
                }
            }
        }

        var indices = new List<int>(positions.Count * 6);
        ReadOnlySpan<int> steps = [1, stepY, stepZ];
        for (var z = 1; z < nz; z++)
        {
            for (var y = 1; y < ny; y++)
            {
                for (var x = 1; x < nx; x++)
                {
                    var at = x + y * stepY + z * stepZ;
                    for (var axis = 0; axis < 3; axis++)
                    {
                        if (values[at] < 0 == values[at + steps[axis]] < 0) continue;
                        var (u, v) = (steps[(axis + 1) % 3], steps[(axis + 2) % 3]);
                        var edge = axis * 4;
                        var (a, b, c, d) = (Corner(at, edge), Corner(at - u, edge + 1), Corner(at - u - v, edge + 3), Corner(at - v, edge + 2));
                        if (values[at] < 0) indices.AddRange([a, b, c, a, c, d]);
                        else indices.AddRange([a, c, b, a, d, c]);
                    }
                }
            }
        }

        return (positions, indices);

        int Corner(int at, int edge) => firsts[at] + (cells.TryGetValue(at, out var net) ? net.SheetOf(edge) : 0);
    }

    private static int Rounded(float cells) => ((int)MathF.Ceiling(cells) + Block - 1) / Block * Block;

    // Far from the zero a block's middle tells for the whole block.
    private static float[] Sample(Func<Vector3, float> distance, Vector3 low, float cell, int nx, int ny, int nz)
    {
        var (stepY, stepZ) = (nx + 1, (nx + 1) * (ny + 1));
        var values = new float[stepZ * (nz + 1)];
        var reach = Block * cell * 1.3f;
        for (var bz = 0; bz <= nz; bz += Block)
        {
            for (var by = 0; by <= ny; by += Block)
            {
                for (var bx = 0; bx <= nx; bx += Block)
                {
                    var middle = distance(low + (new Vector3(bx, by, bz) + new Vector3((Block - 1) / 2f)) * cell);
                    var far = MathF.Abs(middle) > reach;
                    for (var z = bz; z < Math.Min(bz + Block, nz + 1); z++)
                    {
                        for (var y = by; y < Math.Min(by + Block, ny + 1); y++)
                        {
                            for (var x = bx; x < Math.Min(bx + Block, nx + 1); x++)
                            {
                                values[x + y * stepY + z * stepZ] = far ? middle : distance(low + new Vector3(x, y, z) * cell);
                            }
                        }
                    }
                }
            }
        }

        return values;
    }
}

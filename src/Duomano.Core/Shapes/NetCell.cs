using System.Numerics;
using System.Runtime.CompilerServices;

namespace Duomano.Core.Shapes;

/// <summary>
/// How the zero of a function passes through one cell of a grid. Corners are numbered by their bits (x 1, y 2, z 4); the edge
/// along an axis has the number 4 · axis + the bits of the two other axes in turn.
/// </summary>
internal struct NetCell
{
    private Sheets _sheets;

    /// <summary>Finds the sheets in a cell.</summary>
    /// <param name="corners">The function's eight values.</param>
    /// <param name="cell">Tells which edges each sheet cuts.</param>
    /// <returns>How many sheets there are; mostly 0 or 1.</returns>
    public static int Read(ReadOnlySpan<float> corners, out NetCell cell)
    {
        cell = default;
        var inside = 0;
        for (var i = 0; i < 8; i++)
        {
            if (corners[i] < 0) inside |= 1 << i;
        }

        if (inside is 0 or 255) return 0;
        Span<int> parents = stackalloc int[12];
        for (var edge = 0; edge < 12; edge++) parents[edge] = edge;
        Span<int> ring = stackalloc int[4];
        for (var face = 0; face < 6; face++)
        {
            var (axis, side) = (face / 2, face % 2);
            var (fixedBit, u, v) = (side << axis, 1 << (axis + 1) % 3, 1 << (axis + 2) % 3);
            (ring[0], ring[1], ring[2], ring[3]) = (fixedBit, fixedBit | u, fixedBit | u | v, fixedBit | v);

            // Round each inside corner or row of inside corners the surface leads from the edge before to the edge behind.
            for (var i = 0; i < 4; i++)
            {
                if (!Has(inside, ring[i]) || Has(inside, ring[(i + 3) % 4])) continue;
                var last = i;
                while (Has(inside, ring[(last + 1) % 4])) last++;
                Join(parents, EdgeBetween(ring[(i + 3) % 4], ring[i]), EdgeBetween(ring[last % 4], ring[(last + 1) % 4]));
            }
        }

        Span<int> numbers = stackalloc int[12];
        numbers.Fill(-1);
        var count = 0;
        for (var edge = 0; edge < 12; edge++)
        {
            var (from, to) = Ends(edge);
            cell._sheets[edge] = -1;
            if (Has(inside, from) == Has(inside, to)) continue;
            ref var number = ref numbers[Root(parents, edge)];
            if (number < 0) number = count++;
            cell._sheets[edge] = (sbyte)number;
        }

        return count;
    }

    /// <summary>Which sheet cuts an edge.</summary>
    public readonly int SheetOf(int edge) => _sheets[edge];

    /// <summary>The middle of where a sheet cuts the cell's edges, 0 to 1 along each axis.</summary>
    public readonly Vector3 Place(ReadOnlySpan<float> corners, int sheet)
    {
        var (sum, cuts) = (Vector3.Zero, 0);
        for (var edge = 0; edge < 12; edge++)
        {
            if (_sheets[edge] != sheet) continue;
            var (from, to) = Ends(edge);
            sum += Vector3.Lerp(CornerAt(from), CornerAt(to), corners[from] / (corners[from] - corners[to]));
            cuts++;
        }

        return sum / cuts;
    }

    private static bool Has(int inside, int corner) => (inside >> corner & 1) != 0;

    private static Vector3 CornerAt(int corner) => new(corner & 1, corner >> 1 & 1, corner >> 2);

    private static (int From, int To) Ends(int edge)
    {
        var axis = edge / 4;
        var from = (edge & 1) << (axis + 1) % 3 | (edge >> 1 & 1) << (axis + 2) % 3;
        return (from, from | 1 << axis);
    }

    private static int EdgeBetween(int a, int b)
    {
        var axis = BitOperations.TrailingZeroCount(a ^ b);
        return axis * 4 + (a >> (axis + 1) % 3 & 1) + 2 * (a >> (axis + 2) % 3 & 1);
    }

    private static int Root(ReadOnlySpan<int> parents, int edge)
    {
        while (parents[edge] != edge) edge = parents[edge];
        return edge;
    }

    private static void Join(Span<int> parents, int a, int b) => parents[Root(parents, a)] = Root(parents, b);

    [InlineArray(12)]
    private struct Sheets
    {
        private sbyte _first;
    }
}

using System.Numerics;
using Duomano.Core.Hands;

namespace Duomano.Core.Tests.Hands;

/// <summary>
/// MANO's definition once more, written down plainly with 4×4 matrices in double precision: pose and build as in a file's row,
/// mean pose included, global orientation about the wrist joint, then the translation.
/// </summary>
internal static class PlainMano
{
    /// <summary>Joints [16 × 3] and corners [778 × 3] of the right hand, in the row's own frame.</summary>
    public static (double[] Joints, double[] Corners) Pose(ManoArrays mano, double[] translation, double[] pose, double[] build)
    {
        const int Corners = ManoArrays.VertexCount;
        var shaped = new double[Corners * 3];
        for (var i = 0; i < shaped.Length; i++) shaped[i] = mano.Template[i] + Enumerable.Range(0, 10).Sum(k => mano.ShapeDirections[i * 10 + k] * build[k]);
        var rest = new double[16 * 3];
        for (var j = 0; j < 16; j++)
        {
            for (var axis = 0; axis < 3; axis++) rest[j * 3 + axis] = Enumerable.Range(0, Corners).Sum(v => mano.JointRegressor[j * Corners + v] * shaped[v * 3 + axis]);
        }

        var full = new double[48];
        for (var i = 0; i < 48; i++) full[i] = pose[i] + (i < 3 ? 0 : mano.MeanPose[i - 3]);
        var rotations = Enumerable.Range(0, 16).Select(j => Exponential(full.AsSpan(j * 3, 3))).ToArray();
        var corrected = (double[])shaped.Clone();
        for (var i = 0; i < corrected.Length; i++)
        {
            for (var k = 0; k < 135; k++)
            {
                var entry = rotations[1 + k / 9][k % 9 / 3, k % 3] - (k % 9 / 3 == k % 3 ? 1 : 0);
                corrected[i] += mano.PoseDirections[i * 135 + k] * entry;
            }
        }

        var world = new double[16][,];
        for (var j = 0; j < 16; j++)
        {
            var parent = HandJoint.Parents[j];
            var local = new double[4, 4];
            for (var row = 0; row < 3; row++)
            {
                for (var column = 0; column < 3; column++) local[row, column] = rotations[j][row, column];
                local[row, 3] = rest[j * 3 + row] - (parent < 0 ? 0 : rest[parent * 3 + row]);
            }

            local[3, 3] = 1;
            world[j] = parent < 0 ? local : Product(world[parent], local);
        }

        var joints = new double[48];
        for (var i = 0; i < 48; i++) joints[i] = world[i / 3][i % 3, 3] + translation[i % 3];
        var corners = new double[Corners * 3];
        for (var v = 0; v < Corners; v++)
        {
            for (var j = 0; j < 16; j++)
            {
                for (var row = 0; row < 3; row++)
                {
                    var place = world[j][row, 3];
                    for (var column = 0; column < 3; column++) place += world[j][row, column] * (corrected[v * 3 + column] - rest[j * 3 + column]);
                    corners[v * 3 + row] += mano.Weights[v * 16 + j] * place;
                }
            }

            for (var row = 0; row < 3; row++) corners[v * 3 + row] += translation[row];
        }

        return (joints, corners);
    }

    /// <summary>A point of a row's frame as the piano frame has it; the left hand is mirrored first.</summary>
    public static Vector3 InPiano(double[] values, int at, HandSide side) =>
        new((float)(side == HandSide.Left ? -values[at * 3] : values[at * 3]), (float)(24 - values[at * 3 + 2]), (float)values[at * 3 + 1]);

    // The matrix exponential of the cross product's matrix, by its series.
    private static double[,] Exponential(ReadOnlySpan<double> vector)
    {
        double[,] cross = { { 0, -vector[2], vector[1] }, { vector[2], 0, -vector[0] }, { -vector[1], vector[0], 0 } };
        double[,] sum = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
        double[,] power = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
        for (var n = 1; n < 40; n++)
        {
            power = Product(power, cross);
            for (var i = 0; i < 9; i++) sum[i / 3, i % 3] += power[i / 3, i % 3] /= n;
        }

        return sum;
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        var size = a.GetLength(0);
        var product = new double[size, size];
        for (var i = 0; i < size * size * size; i++) product[i / size / size, i / size % size] += a[i / size / size, i % size] * b[i % size, i / size % size];
        return product;
    }
}

using System.Numerics;

namespace Duomano.Core.Hands;

/// <summary>
/// MANO's right hand: a mesh that follows a build (ten numbers) and a pose. What it gives is in the file's own axes, which are
/// those of <see cref="HandSkeleton"/>: fingers along −x, palm down, thumb towards +z. A left hand is its mirror image.
/// </summary>
public sealed class ManoHand
{
    /// <summary>Corners that mark the fingertips, thumb to little finger, as the usual MANO programs take them.</summary>
    public static IReadOnlyList<int> FingertipVertices { get; } = [744, 320, 443, 554, 671];

    private readonly ManoArrays _arrays;

    /// <summary>Takes the numbers of a file.</summary>
    /// <param name="arrays">They are not copied.</param>
    /// <exception cref="ArgumentException">They are those of a left hand: its fingers point along +x.</exception>
    public ManoHand(ManoArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        _arrays = arrays;
        MeanPose = [.. Enumerable.Range(0, HandJoint.Count - 1).Select(joint => Vector(arrays.MeanPose.AsSpan(joint * 3)))];
        Mean = Shape();
        if (Mean.Joints[HandJoint.First(Fingering.Finger.Middle)].X >= Mean.Joints[HandJoint.Wrist].X)
        {
            throw new ArgumentException("The fingers point along +x, as a left hand's do; MANO_RIGHT is what is needed: left hands are mirrored.", nameof(arrays));
        }
    }

    /// <summary>The hand of mean build.</summary>
    public ManoShape Mean { get; }

    /// <summary>Axis-angle vectors (radians) of the 15 finger joints in the mean pose, from which annotated poses are counted.</summary>
    public IReadOnlyList<Vector3> MeanPose { get; }

    /// <summary>Three corners a triangle, counter-clockwise as seen from outside.</summary>
    public IReadOnlyList<int> Faces => _arrays.Faces;

    /// <summary>The numbers it is made of.</summary>
    internal ManoArrays Arrays => _arrays;

    /// <summary>The hand of a person.</summary>
    /// <param name="build">Up to ten numbers, those left out being 0.</param>
    /// <exception cref="ArgumentException">There are more, or one is not finite.</exception>
    public ManoShape Shape(params ReadOnlySpan<float> build)
    {
        if (build.Length > ManoArrays.ShapeLength) throw new ArgumentException($"A build is told by {ManoArrays.ShapeLength} numbers, not {build.Length}.", nameof(build));
        foreach (var value in build)
        {
            if (!float.IsFinite(value)) throw new ArgumentException($"A build has finite numbers, not {value}.", nameof(build));
        }

        var corners = (double[])_arrays.Template.Clone();
        for (var i = 0; i < corners.Length; i++)
        {
            for (var k = 0; k < build.Length; k++) corners[i] += _arrays.ShapeDirections[i * ManoArrays.ShapeLength + k] * build[k];
        }

        var joints = new double[HandJoint.Count * 3];
        for (var joint = 0; joint < HandJoint.Count; joint++)
        {
            for (var vertex = 0; vertex < ManoArrays.VertexCount; vertex++)
            {
                var share = _arrays.JointRegressor[joint * ManoArrays.VertexCount + vertex];
                for (var axis = 0; share != 0 && axis < 3; axis++) joints[joint * 3 + axis] += share * corners[vertex * 3 + axis];
            }
        }

        return new(this, build, corners, joints);
    }

    internal static Vector3 Vector(ReadOnlySpan<double> values) => new((float)values[0], (float)values[1], (float)values[2]);
}

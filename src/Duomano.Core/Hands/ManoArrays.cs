namespace Duomano.Core.Hands;

/// <summary>
/// The numbers of a MANO file (Romero, Tzionas and Black 2017, "Embodied Hands"), each array in C order. MANO's licence lets
/// nobody pass them on: they come from a user's own file.
/// </summary>
public sealed record ManoArrays
{
    /// <summary>Corners of the mesh.</summary>
    public const int VertexCount = 778;

    /// <summary>Numbers that tell a person's build.</summary>
    public const int ShapeLength = 10;

    /// <summary>Numbers that pose correctives are weighted with: the entries of 15 rotation matrices less the identity.</summary>
    public const int PoseFeatures = (HandJoint.Count - 1) * 9;

    /// <summary>v_template, [778, 3]: the mean hand at rest, metres.</summary>
    public required double[] Template { get; init => field = Checked(value, VertexCount * 3, nameof(Template)); }

    /// <summary>shapedirs, [778, 3, 10]: how the mesh changes with each number of the build.</summary>
    public required double[] ShapeDirections { get; init => field = Checked(value, VertexCount * 3 * ShapeLength, nameof(ShapeDirections)); }

    /// <summary>posedirs, [778, 3, 135]: how it changes with the pose.</summary>
    public required double[] PoseDirections { get; init => field = Checked(value, VertexCount * 3 * PoseFeatures, nameof(PoseDirections)); }

    /// <summary>J_regressor, [16, 778]: the joints as sums of corners.</summary>
    public required double[] JointRegressor { get; init => field = Checked(value, HandJoint.Count * VertexCount, nameof(JointRegressor)); }

    /// <summary>weights, [778, 16]: how much each joint moves each corner.</summary>
    public required double[] Weights { get; init => field = Checked(value, VertexCount * HandJoint.Count, nameof(Weights)); }

    /// <summary>hands_mean, [45]: the mean pose of the 15 finger joints, axis-angle radians.</summary>
    public required double[] MeanPose { get; init => field = Checked(value, (HandJoint.Count - 1) * 3, nameof(MeanPose)); }

    /// <summary>f: three corners a triangle.</summary>
    public required int[] Faces
    {
        get;
        init => field = value is not null && value.Length % 3 == 0 && value.All(corner => corner is >= 0 and < VertexCount)
            ? value
            : throw new ArgumentException($"Triangles have three corners each, numbered 0 to {VertexCount - 1}.", nameof(value));
    }

    private static double[] Checked(double[]? values, int count, string name)
    {
        if (values is null || values.Length != count) throw new ArgumentException($"{name} has {count} numbers, not {values?.Length}.", name);
        return Array.TrueForAll(values, double.IsFinite) ? values : throw new ArgumentException($"{name} has a number that is not finite.", name);
    }
}

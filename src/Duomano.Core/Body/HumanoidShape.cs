using System.Numerics;

namespace Duomano.Core.Body;

/// <summary>What is around a humanoid's bones, as far as it is known, metres.</summary>
public sealed record HumanoidShape
{
    /// <summary>Half the thickness of what is around bones, by their names in <see cref="HumanoidBones"/>.</summary>
    public IReadOnlyDictionary<string, float> Thickness { get; init; } = new Dictionary<string, float>();

    /// <summary>How high the soles of its feet are.</summary>
    public float? Ground { get; init; }

    /// <summary>Half the breadth of its trunk below the ribs, and how far that goes out in front of the spine.</summary>
    public Vector2? Waist { get; init; }

    /// <summary>The same of another size.</summary>
    public HumanoidShape Times(float size) => new()
    {
        Thickness = Thickness.ToDictionary(bone => bone.Key, bone => size * bone.Value, StringComparer.Ordinal),
        Ground = size * Ground,
        Waist = size * Waist,
    };
}

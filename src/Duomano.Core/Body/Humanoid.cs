using System.Numerics;
using Duomano.Core.Hands;

namespace Duomano.Core.Body;

/// <summary>
/// A humanoid at rest: where its bones begin, metres, as it stands, looking along +z, its left to +x, y up. What hangs on a
/// bone moves with it.
/// </summary>
public sealed class Humanoid
{
    private readonly IReadOnlyDictionary<string, Vector3> _positions;
    private readonly IReadOnlyDictionary<string, string> _parents;

    /// <summary>Puts one together.</summary>
    /// <param name="positions">Where each bone begins, by its name in <see cref="HumanoidBones"/>.</param>
    /// <param name="parents">The nearest bone above each of them; none for those that hang on nothing.</param>
    /// <param name="shape">What is around the bones; null where nobody knows.</param>
    /// <exception cref="ArgumentException">A bone hangs on one that is not there.</exception>
    public Humanoid(IReadOnlyDictionary<string, Vector3> positions, IReadOnlyDictionary<string, string> parents, HumanoidShape? shape = null)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(parents);
        foreach (var (bone, parent) in parents)
        {
            if (!positions.ContainsKey(bone) || !positions.ContainsKey(parent)) throw new ArgumentException($"{bone} hangs on {parent}, and one of them is not there.", nameof(parents));
        }

        (_positions, _parents, Shape) = (positions, parents, shape ?? new());
        Bones = [.. positions.Keys.OrderBy(Depth).ThenBy(bone => bone, StringComparer.Ordinal)];
    }

    /// <summary>Its bones, each after the one that it hangs on.</summary>
    public IReadOnlyList<string> Bones { get; }

    /// <summary>What is around them.</summary>
    public HumanoidShape Shape { get; }

    /// <summary>Where the ground is, metres: below the soles where they are known, else a little below the lowest bone of a foot.</summary>
    public float Ground
    {
        get
        {
            if (Shape.Ground is { } known) return known;
            var feet = HandSides.Both.SelectMany(side => new[] { HumanoidBones.Limb(side, "Foot"), HumanoidBones.Limb(side, "Toes") }).Where(Has).Select(bone => _positions[bone].Y).ToList();
            if (feet.Count == 0) return 0;
            var hasToes = HandSides.Both.Any(side => Has(HumanoidBones.Limb(side, "Toes")));
            return feet.Min() - (hasToes ? ToeHeight : AnkleHeight);
        }
    }

    // Metres above the ground of the joints of grown-up people's toes and ankles.
    private const float ToeHeight = 0.015f, AnkleHeight = 0.08f;

    /// <summary>Whether it has a bone.</summary>
    public bool Has(string bone) => _positions.ContainsKey(bone);

    /// <summary>Where a bone begins, metres.</summary>
    /// <exception cref="KeyNotFoundException">It has no such bone.</exception>
    public Vector3 this[string bone] => _positions.TryGetValue(bone, out var position) ? position : throw new KeyNotFoundException($"There is no bone {bone}.");

    /// <summary>The bone that another hangs on; null for none.</summary>
    public string? Parent(string bone) => _parents.GetValueOrDefault(bone);

    /// <summary>The same humanoid of another size.</summary>
    public Humanoid Times(float size) => new(_positions.ToDictionary(bone => bone.Key, bone => size * bone.Value, StringComparer.Ordinal), _parents, Shape.Times(size));

    private int Depth(string bone)
    {
        var depth = 0;
        for (var at = bone; _parents.TryGetValue(at, out var parent); at = parent)
        {
            if (++depth > _positions.Count) throw new ArgumentException($"{bone} hangs on itself.");
        }

        return depth;
    }
}

using System.Numerics;

namespace Duomano.Core.Body;

/// <summary>How a humanoid moves, or its hands alone, in the piano frame.</summary>
public sealed class BodyMotion
{
    private readonly IReadOnlyDictionary<string, Quaternion[]> _turns;
    private readonly IReadOnlyDictionary<string, Vector3[]> _roots;

    /// <summary>Keeps a motion.</summary>
    /// <param name="humanoid">Who moves, as large as it is beside the piano.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="roots">Where each bone that hangs on nothing is in each frame, metres: the hips, or both hands.</param>
    /// <param name="turns">What turns each bone from its rest, in which the humanoid looks along +z, into each frame.</param>
    /// <exception cref="ArgumentException">A bone has no turns or hangs on nothing and has no places, or not as many as there are frames.</exception>
    public BodyMotion(Humanoid humanoid, double fps, IReadOnlyDictionary<string, Vector3[]> roots, IReadOnlyDictionary<string, Quaternion[]> turns)
    {
        ArgumentNullException.ThrowIfNull(humanoid);
        ArgumentNullException.ThrowIfNull(roots);
        ArgumentNullException.ThrowIfNull(turns);
        FrameCount = turns.Values.FirstOrDefault()?.Length ?? 0;
        foreach (var bone in humanoid.Bones)
        {
            if (!turns.TryGetValue(bone, out var values) || values.Length != FrameCount) throw new ArgumentException($"{bone} has not {FrameCount} turns.", nameof(turns));
            if (humanoid.Parent(bone) is null && !(roots.TryGetValue(bone, out var places) && places.Length == FrameCount)) throw new ArgumentException($"{bone} hangs on nothing and has not {FrameCount} places.", nameof(roots));
        }

        (Humanoid, Fps, _roots, _turns) = (humanoid, fps, roots, turns);
    }

    /// <summary>Who moves.</summary>
    public Humanoid Humanoid { get; }

    /// <summary>Frames a second.</summary>
    public double Fps { get; }

    /// <summary>How many frames.</summary>
    public int FrameCount { get; }

    /// <summary>Bones that hang on nothing.</summary>
    public IEnumerable<string> Roots => Humanoid.Bones.Where(bone => Humanoid.Parent(bone) is null);

    /// <summary>Where a bone that hangs on nothing is, metres.</summary>
    public Vector3 Root(string bone, int frame) => _roots[bone][frame];

    /// <summary>What turns a bone from its rest into a frame.</summary>
    public Quaternion Turn(string bone, int frame) => _turns[bone][frame];

    /// <summary>Where all bones begin in a frame, metres.</summary>
    public IReadOnlyDictionary<string, Vector3> Positions(int frame)
    {
        var positions = new Dictionary<string, Vector3>(StringComparer.Ordinal);
        foreach (var bone in Humanoid.Bones)
        {
            positions[bone] = Humanoid.Parent(bone) is { } parent
                ? positions[parent] + Vector3.Transform(Humanoid[bone] - Humanoid[parent], Turn(parent, frame))
                : Root(bone, frame);
        }

        return positions;
    }
}

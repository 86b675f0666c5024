using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>Whether bones pass through keys that nobody presses.</summary>
/// <param name="Frames">Frames in which the axis of a bone of either hand is more than a millimetre inside an unpressed key.</param>
/// <param name="Deepest">How deep the deepest one is, metres; 0 where none is inside.</param>
public sealed record BonesInKeys(AgreementCount Frames, double Deepest)
{
    /// <summary>How deep a bone's axis may be in a key, metres.</summary>
    public const float Tolerance = 0.001f;

    // Along a bone it is looked at points so far apart, metres.
    private const float Spacing = 0.0015f;

    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    public static BonesInKeys Measure(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var capsules = clip.Skeletons.Map(skeleton => new HandCapsules(skeleton));
        PerHand<Vector3[]> ends = new(new Vector3[HandCapsules.EndCount], new Vector3[HandCapsules.EndCount]);
        var (pose, pressed) = (new HandPose(), new List<PianoKey>());
        var (count, deepest) = (default(AgreementCount), 0f);
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            pressed.Clear();
            foreach (var side in HandSides.Both)
            {
                clip.Hands[side].GetPose(frame, pose);
                capsules[side].Place(pose, ends[side]);
                foreach (var finger in Fingers.All)
                {
                    // A pad below a key's top has taken the key down with it.
                    var pad = ends[side][HandJoint.Tip(finger)];
                    if (PianoKey.Under(pad.X, pad.Z) is { } key && pad.Y < key.TopY) pressed.Add(key);
                }
            }

            var depth = 0f;
            foreach (var side in HandSides.Both)
            {
                foreach (var bone in capsules[side].Capsules) depth = MathF.Max(depth, Depth(ends[side][bone.From], ends[side][bone.To], pressed));
            }

            count = count.With(depth > Tolerance);
            deepest = MathF.Max(deepest, depth);
        }

        return new(count, deepest);
    }

    /// <summary>Several motions together.</summary>
    internal static BonesInKeys Combine(IEnumerable<BonesInKeys> parts) => parts.Aggregate((a, b) => new(a.Frames + b.Frames, Math.Max(a.Deepest, b.Deepest)));

    // The largest distance from a point of a bone's axis to the outside of the key that it is in.
    private static float Depth(Vector3 from, Vector3 to, List<PianoKey> pressed)
    {
        if (MathF.Min(from.Y, to.Y) > PianoKey.BlackHeight || MathF.Min(from.Z, to.Z) > 0) return 0;
        var deepest = 0f;
        var steps = Math.Max(1, (int)MathF.Ceiling(Vector3.Distance(from, to) / Spacing));
        for (var i = 0; i <= steps; i++)
        {
            var point = Vector3.Lerp(from, to, (float)i / steps);
            if (PianoKey.Under(point.X, point.Z) is not { } key || point.Y >= key.TopY || pressed.Contains(key)) continue;
            var (left, right) = key.ExtentX(point.Z);
            var aside = MathF.Min(point.X - left, right - point.X);
            deepest = MathF.Max(deepest, MathF.Min(MathF.Min(key.TopY - point.Y, key.FrontZ - point.Z), aside));
        }

        return deepest;
    }
}

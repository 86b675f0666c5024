using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>Every frame of both hands of a clip, with where its points are.</summary>
internal static class HandFrames
{
    /// <summary>Visits one hand after the other, frame after frame.</summary>
    public static void Visit(TwoHandClip clip, Visitor visit)
    {
        foreach (var side in HandSides.Both)
        {
            var points = clip.Points(side);
            for (var frame = 0; frame < clip.FrameCount; frame++) visit(side, frame, points.AsSpan(frame * HandJoint.PointCount, HandJoint.PointCount));
        }
    }

    /// <summary>Gets one frame of one hand.</summary>
    /// <param name="side">Which hand.</param>
    /// <param name="frame">Which frame.</param>
    /// <param name="points">Its 21 points, metres.</param>
    public delegate void Visitor(HandSide side, int frame, ReadOnlySpan<Vector3> points);
}

using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;

namespace Duomano.Core.Tests.Performing;

/// <summary>Where parts of hands penetrate each other or the key bed.</summary>
internal static class Penetrations
{
    /// <summary>A line for each frame with a fault.</summary>
    public static List<string> Faults(TwoHandClip clip)
    {
        var capsules = clip.Skeletons.Map(skeleton => new HandCapsules(skeleton));
        var ends = PerHand.Create(_ => new Vector3[HandCapsules.EndCount]);
        List<string> faults = [];
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            foreach (var side in HandSides.Both)
            {
                capsules[side].Place(clip.Hands[side].GetPose(frame), ends[side]);
                var depth = capsules[side].DeepestBetweenFingers(ends[side]);
                if (depth > 0.002f) faults.Add($"frame {frame}: {side} fingers are {depth} m in each other");
                for (var finger = 0; finger < 5; finger++)
                {
                    var pad = ends[side][HandJoint.Count + finger];
                    if (PianoKey.Under(pad.X, pad.Z) is { } key && pad.Y < key.TopY - PianoKey.Travel - 0.001f) faults.Add($"frame {frame}: {side} finger {finger + 1} is {key.TopY - pad.Y} m below {key.Name}");
                }
            }

            var together = capsules.Left.DeepestWith(ends.Left, capsules.Right, ends.Right);
            if (together > 0.002f) faults.Add($"frame {frame}: the hands are {together} m in each other");
        }

        return faults;
    }
}

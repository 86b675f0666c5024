using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using static Duomano.Core.Tests.Performing.Exercise;

namespace Duomano.Core.Tests.Performing;

public sealed class PenetrationTests
{
    private const float Tolerance = 0.002f;

    public static TheoryData<string> Pieces => ["scale", "chromatic", "trill", "finger change", "thumbs crossed"];

    private static List<Note> Piece(string name) => name switch
    {
        "scale" => Scale(0.14),
        "chromatic" => Line([(60, 1), (61, 3), (62, 1), (63, 3), (64, 1), (65, 2), (66, 3), (67, 1), (68, 3), (69, 1), (70, 3), (71, 1), (72, 2)], 0.15),
        "trill" => Line([.. Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? (71, 2) : (72, 3))], 0.1),
        "finger change" => Line([.. Enumerable.Range(0, 12).Select(i => (67, 4 - i % 3))], 0.16),
        "thumbs crossed" => [Note(62, 1, 0.5, 1), Note(67, 3, 0.5, 1), Note(64, 1, 0.5, 1, HandSide.Left), Note(57, 3, 0.5, 1, HandSide.Left)],
        _ => throw new ArgumentException(name),
    };

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Fingers_and_hands_stay_out_of_each_other(string name)
    {
        var notes = Piece(name);
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        Assert.Equal(1, KeyPresses.NoteF1(clip, notes));
        Assert.True(Penetrating(clip) <= 0.01 * clip.FrameCount, $"{Penetrating(clip)} of {clip.FrameCount} frames");
    }

    private static int Penetrating(TwoHandClip clip)
    {
        var capsules = clip.Skeletons.Map(skeleton => new HandCapsules(skeleton));
        var ends = PerHand.Create(_ => new Vector3[HandCapsules.EndCount]);
        var count = 0;
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            var deepest = float.NegativeInfinity;
            foreach (var side in HandSides.Both)
            {
                capsules[side].Place(clip.Hands[side].GetPose(frame), ends[side]);
                deepest = MathF.Max(deepest, capsules[side].DeepestBetweenFingers(ends[side]));
            }

            if (MathF.Max(deepest, capsules.Left.DeepestWith(ends.Left, capsules.Right, ends.Right)) > Tolerance) count++;
        }

        return count;
    }
}

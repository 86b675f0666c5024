using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Performing;
using Duomano.Evaluation.Likeness;

namespace Duomano.Training.Posture;

/// <summary>Frames of recorded people: what their keys are, and where their hands are.</summary>
/// <param name="Features">[count, <see cref="PostureFeatures.Count"/>].</param>
/// <param name="Targets">[count, <see cref="PostureNetwork.Answers"/>], in the network's unit.</param>
internal sealed record PostureSamples(float[] Features, float[] Targets)
{
    public int Count => Targets.Length / PostureNetwork.Answers;

    /// <summary>All frames in which a hand plays.</summary>
    public static PostureSamples Of(IReadOnlyList<RecordedEpisode> people)
    {
        var (features, targets) = (new List<float>(), new List<float>());
        Span<float> row = stackalloc float[PostureFeatures.Count];
        foreach (var person in people)
        {
            var hands = PerHand.Create(side => new PostureFeatures(PressesOf(person, side)));
            foreach (var side in HandSides.Both)
            {
                if (hands[side].IsEmpty) continue;
                var other = hands[side.Other()];
                var playing = PlayingFrames.Of(person, side);
                for (var frame = 0; frame < playing.Length; frame++)
                {
                    if (!playing[frame]) continue;
                    var time = frame / person.Fps;
                    var anchor = hands[side].Find(time, other.IsEmpty ? null : other.Anchor(time), row);
                    foreach (var value in row) features.Add(value);
                    foreach (var point in person.Points(frame, side))
                    {
                        targets.Add((float)((side == HandSide.Left ? -point.X : point.X) - anchor) / PostureNetwork.Unit);
                        targets.Add(point.Y / PostureNetwork.Unit);
                    }
                }
            }
        }

        return new([.. features], [.. targets]);
    }

    private static IEnumerable<FingerPress> PressesOf(RecordedEpisode person, HandSide side) =>
        person.Score.Notes.Where(note => note.Hand == side && note.Finger is not null).Select(FingerPress.Of);
}

using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using static Duomano.Core.Tests.Performing.Exercise;

namespace Duomano.Core.Tests.Performing;

public sealed class KinematicPianistTests
{
    public static TheoryData<string> Pieces => ["five fingers", "scale", "chords", "repeated", "black keys", "octaves", "two hands"];

    private static List<Note> Piece(string name) => name switch
    {
        "five fingers" => FiveFingers(),
        "scale" => Scale(),
        "chords" => [Note(60, 1, 0.5, 0.6), Note(64, 3, 0.5, 0.6), Note(67, 5, 0.5, 0.6), Note(62, 1, 1.2, 0.6), Note(65, 2, 1.2, 0.6), Note(71, 5, 1.2, 0.6)],
        "repeated" => [.. Enumerable.Range(0, 12).Select(i => Note(67, 3, 0.5 + i * 0.15, 0.15))],
        "black keys" => Line([(61, 2), (63, 3), (66, 2), (68, 3), (70, 4), (68, 3), (66, 2)], 0.25),
        "octaves" => [.. Enumerable.Range(0, 5).SelectMany(i => new[] { Note(60 + 2 * i, 1, 0.5 + i * 0.5, 0.4), Note(72 + 2 * i, 5, 0.5 + i * 0.5, 0.4) })],
        "two hands" => [.. FiveFingers(), .. Line([(48, 5), (50, 4), (52, 3), (53, 2), (55, 1)], 0.4, HandSide.Left)],
        _ => throw new ArgumentException(name),
    };

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Presses_exactly_the_notes(string name)
    {
        var notes = Piece(name);
        var performance = KinematicPianist.Perform(notes, PerformanceStyle.Neutral);
        Assert.Empty(performance.Unplayed);
        Assert.Equal(notes.Count, performance.Clip.Notes.Count);
        Assert.Equal(1, KeyPresses.NoteF1(performance.Clip, notes));
        Assert.True(KeyPresses.DeepestBelowBed(performance.Clip) < 1e-4f);
    }

    [Fact]
    public void Can_be_stopped() =>
        Assert.ThrowsAny<OperationCanceledException>(() => KinematicPianist.Perform(FiveFingers(), PerformanceStyle.Neutral, cancellation: new(true)));

    [Theory]
    [MemberData(nameof(Pieces))]
    public void No_joint_goes_beyond_its_limits(string name)
    {
        var clip = KinematicPianist.Perform(Piece(name), PerformanceStyle.Virtuoso).Clip;
        foreach (var side in HandSides.Both)
        {
            var limits = JointLimits.Of(clip.Skeletons[side]);
            for (var frame = 0; frame < clip.FrameCount; frame++) Assert.True(limits.Excess(clip.Hands[side].GetPose(frame)) < 1e-3f);
        }
    }

    [Fact]
    public void Same_seed_same_motion()
    {
        var style = PerformanceStyle.Random(new SeededRandom(3)) with { TimingSpread = 0.008f };
        var first = KinematicPianist.Perform(Scale(), style).Clip;
        var again = KinematicPianist.Perform(Scale(), PerformanceStyle.Random(new SeededRandom(3)) with { TimingSpread = 0.008f }).Clip;
        var other = KinematicPianist.Perform(Scale(), style with { Seed = style.Seed + 1 }).Clip;
        Assert.Equal(first.Hands.Right.Rotations, again.Hands.Right.Rotations);
        Assert.NotEqual(first.Hands.Right.Rotations, other.Hands.Right.Rotations);
    }
}

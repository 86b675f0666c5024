using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using static Duomano.Core.Tests.Performing.Exercise;

namespace Duomano.Core.Tests.Performing;

public sealed class PenetrationTests
{
    public static TheoryData<string> Pieces =>
    [
        "scale", "chromatic", "trill", "finger change", "thumbs crossed", "thumb under a held chord", "clusters between one another", "left hand over right", "same key",
    ];

    private static List<Note> Piece(string name) => name switch
    {
        "scale" => Scale(0.14),
        "chromatic" => Line([(60, 1), (61, 3), (62, 1), (63, 3), (64, 1), (65, 2), (66, 3), (67, 1), (68, 3), (69, 1), (70, 3), (71, 1), (72, 2)], 0.15),
        "trill" => Line([.. Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? (71, 2) : (72, 3))], 0.1),
        "finger change" => Line([.. Enumerable.Range(0, 12).Select(i => (67, 4 - i % 3))], 0.16),
        "thumbs crossed" => [Note(62, 1, 0.5, 1), Note(67, 3, 0.5, 1), Note(64, 1, 0.5, 1, HandSide.Left), Note(57, 3, 0.5, 1, HandSide.Left)],
        "thumb under a held chord" => [Note(64, 2, 0.5, 2), Note(67, 3, 0.5, 2), .. Line([(60, 1), (69, 1), (60, 1), (69, 1)], 0.4, start: 0.6)],
        "clusters between one another" =>
        [
            Note(60, 1, 0.5, 1), Note(64, 2, 0.5, 1), Note(67, 3, 0.5, 1),
            Note(65, 1, 0.5, 1, HandSide.Left), Note(62, 2, 0.5, 1, HandSide.Left), Note(59, 3, 0.5, 1, HandSide.Left),
        ],
        "left hand over right" =>
        [
            .. Line([(60, 1), (64, 2), (67, 4), (64, 2), (60, 1), (64, 2), (67, 4), (64, 2), (60, 1), (64, 2)], 0.3),
            Note(48, 2, 0.5, 0.4, HandSide.Left), Note(79, 2, 1.7, 0.4, HandSide.Left), Note(48, 2, 2.9, 0.4, HandSide.Left),
        ],
        "same key" => [.. Enumerable.Range(0, 8).Select(i => Note(64, 2, 0.5 + 0.25 * i, 0.2, i % 2 == 0 ? HandSide.Left : HandSide.Right))],
        _ => throw new ArgumentException(name),
    };

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Fingers_and_hands_stay_out_of_each_other(string name)
    {
        var notes = Piece(name);
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        Assert.Equal(1, KeyPresses.NoteF1(clip, notes));
        Assert.Empty(Penetrations.Faults(clip));
    }
}

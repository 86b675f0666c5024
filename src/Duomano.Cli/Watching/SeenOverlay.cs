using System.Globalization;
using Duomano.Core.Hands;
using Duomano.Rendering.Video;
using Duomano.Vision.Watching;

namespace Duomano.Cli.Watching;

/// <summary>Draws what was seen over a video: the keyboard, the hands' points and the numbers of fingers that play.</summary>
internal sealed class SeenOverlay(WatchedVideo watched)
{
    private const int PointsOfFinger = 4;

    // Lines of a hand that are no finger: the palm.
    private static readonly (int From, int To)[] Palm = [(0, 1), (0, 5), (5, 9), (9, 13), (13, 17), (0, 17)];

    /// <summary>What is drawn over a frame.</summary>
    public PictureMarks At(int frame)
    {
        var marks = new PictureMarks();
        var corners = watched.Seen.Keyboard.At(frame).Corners;
        for (var i = 0; i < 4; i++) marks.Lines.Add((null, corners[i], corners[(i + 1) % 4]));
        var time = frame / watched.Seen.Fps;
        var playing = watched.Score.Notes.Where(note => note.Onset <= time && note.Offset > time).ToList();
        foreach (var side in HandSides.Both)
        {
            if (watched.Seen.Hands[Math.Min(frame, watched.Seen.Hands.Count - 1)][side] is not { } hand) continue;
            foreach (var (from, to) in Palm) marks.Lines.Add((side, hand.Points[from], hand.Points[to]));
            for (var finger = 0; finger < 5; finger++)
            {
                var first = 1 + PointsOfFinger * finger;
                for (var point = first; point < first + PointsOfFinger - 1; point++) marks.Lines.Add((side, hand.Points[point], hand.Points[point + 1]));
            }

            foreach (var point in hand.Points) marks.Points.Add((side, point));
            foreach (var note in playing.Where(note => note.Hand == side && note.Finger is not null))
            {
                var number = (int)note.Finger!.Value;
                var (tip, joint) = (hand.Points[PointsOfFinger * number], hand.Points[PointsOfFinger * number - 1]);
                marks.Words.Add((side, tip + 1.3f * (tip - joint), number.ToString(CultureInfo.InvariantCulture)));
            }
        }

        return marks;
    }
}

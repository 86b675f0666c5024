using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests.Likeness;

/// <summary>
/// Recordings by formula: three episodes of 120 frames whose points go to and fro in whole tenths of a millimetre, two of
/// them of the same notes; and motions of their notes, which depart from them by another formula.
/// </summary>
internal static class WavingPeople
{
    public const int FrameCount = 120;

    private const double Fps = 20;
    private const double MotionFps = 30;

    public static RecordedEpisode[] People { get; } = [.. Enumerable.Range(0, 3).Select(Person)];

    public static RecordedEpisode[] Motions { get; } = [.. Enumerable.Range(0, 3).Select(Motion)];

    private static RecordedEpisode Person(int episode) => new(Points(episode, frame => frame, false), Fps, Notes(episode, false), episode);

    // At 30 frames a second, taken at the recording's moments.
    private static RecordedEpisode Motion(int episode) =>
        new(Points(episode, frame => Math.Min((int)Math.Round(frame / Fps * MotionFps), 179), true), Fps, Notes(episode, true), episode);

    private static Vector2[] Points(int episode, Func<int, int> at, bool departs) =>
    [
        .. from frame in Enumerable.Range(0, FrameCount)
           from hand in Enumerable.Range(0, 2)
           from point in Enumerable.Range(0, 6)
           select Place(episode, at(frame), hand, point, departs),
    ];

    private static Vector2 Place(int episode, int frame, int hand, int point, bool departs)
    {
        var x = (hand == 0 ? -2000 : 2000) + 250 * (point - 3) + 3 * ToAndFro(frame * (2 + point) + 40 * episode + 13 * hand, 120);
        var z = (point == 0 ? 900 : -300 - 20 * point) + 2 * ToAndFro(frame * (3 + point) + 25 * episode + 7 * hand, 90);
        if (departs) (x, z) = (x + ToAndFro(frame + 11 * point, 50), z - ToAndFro(2 * frame + 5 * point + episode, 70));
        return new(x * 1e-4f, z * 1e-4f);
    }

    private static int ToAndFro(int at, int period) => Math.Abs(at % period - period / 2);

    private static IEnumerable<Note> Notes(int episode, bool departs)
    {
        for (var hand = 0; hand < 2; hand++)
        {
            for (var i = 0; i < 18; i++)
            {
                var onset = (float)(0.25 * i + 0.05 * hand);
                var midi = (hand == 1 ? 62 : 38) + (i * 5 + (episode == 2 ? 3 : 0)) % 13;
                var finger = departs ? 1 + (i + (i % 4 == 0 ? 1 : 0)) % 5 : i == 5 ? 0 : 1 + (i + (episode == 1 && i % 3 == 0 ? 1 : 0)) % 5;
                yield return new(onset, onset + 0.2f, new(midi), 70)
                {
                    Hand = (HandSide)(departs && i == 7 ? 1 - hand : hand),
                    Finger = finger == 0 ? null : (Finger)finger,
                };
            }
        }
    }
}

using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;

namespace Duomano.Core.Tests.Performing;

/// <summary>Styles of performances that are known, read off their motion.</summary>
public class StyleReaderTests
{
    // Scales and leaps of both hands, loud and soft.
    private static readonly Note[] Notes = [.. Enumerable.Range(0, 60).SelectMany(i => (Note[])
    [
        Exercise.Note(60 + 2 * (i % 4) + (i / 8 % 2 == 0 ? 0 : 12), 1 + i % 5, 0.5 * i, 0.4, velocity: 40 + 60 * (i / 4 % 2)),
        Exercise.Note(40 + 2 * (i % 3) - (i / 6 % 2 == 0 ? 0 : 12), 1 + (i + 2) % 5, 0.5 * i + 0.25, 0.4, HandSide.Left, 50 + 50 * (i / 5 % 2)),
    ])];

    [Fact]
    public void Heights_lifts_and_bends_are_found_and_the_pianist_is_no_person()
    {
        foreach (var (number, low, high) in (ReadOnlySpan<(StyleNumber, PerformanceStyle, PerformanceStyle)>)
        [
            (StyleNumber.WristHeight, new() { WristHeight = 0.044f }, new() { WristHeight = 0.057f }),
            (StyleNumber.FingerCurl, new() { FingerCurl = 0.34f }, new() { FingerCurl = 0.58f }),
            (StyleNumber.LiftHeight, new() { LiftHeight = 0.008f }, new() { LiftHeight = 0.017f }),
            (StyleNumber.WristExpressiveness, new() { WristExpressiveness = 0.05f }, new() { WristExpressiveness = 0.95f }),
        ])
        {
            var (less, more) = (Read(low), Read(high));
            Assert.True(less.Style.Normalized(number) < more.Style.Normalized(number) - 0.6f, $"{number}: {less.Style.Normalized(number)} and {more.Style.Normalized(number)}");
            Assert.False(less.Style.IsPerson);
            Assert.True(less.Likeness < 0.5);
        }
    }

    [Fact]
    public void Too_little_tells_nothing()
    {
        Assert.Null(StyleReader.Bundled.Read(KinematicPianist.Perform([.. Notes[..10]], PerformanceStyle.Neutral).Clip));
        Assert.Null(StyleReader.Bundled.Read(new(new(new(0), new(0)), TwoHandClip.SkeletonsOfSize(1))));
    }

    private static ReadStyle Read(PerformanceStyle style) => StyleReader.Bundled.Read(KinematicPianist.Perform(Notes, style).Clip) ?? throw new InvalidOperationException("too little is played");
}

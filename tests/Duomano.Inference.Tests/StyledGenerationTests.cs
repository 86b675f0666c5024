using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Playing;
using Duomano.Tests;

namespace Duomano.Inference.Tests;

/// <summary>Styles that a model is asked for.</summary>
public sealed class StyledGenerationTests : IDisposable
{
    private static readonly Score Notes = new([.. Enumerable.Range(0, 12).Select(i => new Note(0.3 * i, 0.3 * i + 0.25, new PianoKey(60 + i % 5), 40 + 5 * i) { Hand = HandSide.Right, Finger = (Finger)(1 + i % 5) })]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_style_moves_in_its_own_way()
    {
        RandomModel.Write(_folder.PathOf("model"), config: RandomModel.Styled);
        using var generator = MotionGenerator.Load(_folder.PathOf("model"));
        Assert.True(generator.KnowsStyles);
        TwoHandClip Of(PlayerStyle style, float strength = 1, float expression = 1) =>
            generator.Generate(Notes, 5, new() { Style = style, StyleStrength = strength, Expression = expression, Contact = false, Guidance = 0 }).Clip;

        var (person, calm, anybody) = (Of(PlayerStyle.Person), Of(PlayerStyle.Of(PerformanceStyle.Calm)), Of(PlayerStyle.Anybody));
        Assert.True(Apart(person, calm) > 1e-4);
        // No strength is anybody, twice as much is farther from it, and one is the style itself.
        Assert.True(Apart(Of(PlayerStyle.Of(PerformanceStyle.Calm), 0), anybody) < 1e-4, $"{Apart(Of(PlayerStyle.Of(PerformanceStyle.Calm), 0), anybody)}");
        Assert.True(Apart(Of(PlayerStyle.Of(PerformanceStyle.Calm), 2), anybody) > 1.2 * Apart(calm, anybody));
        Assert.True(Apart(Of(PlayerStyle.Of(PerformanceStyle.Calm), 1.0001f), calm) < 0.01 * Apart(calm, anybody));
        Assert.True(Apart(Of(PlayerStyle.Person, 1, 2), person) > 1e-6);
        // Whatever the hands are told, the notes are those that were given.
        Assert.Equal(Notes.Notes.Select(note => note.Velocity), Of(PlayerStyle.Person, 1, 0).Notes.Select(note => note.Velocity));
    }

    [Fact]
    public void A_model_says_how_strongly_its_networks_are_asked()
    {
        RandomModel.Write(_folder.PathOf("plain"), config: RandomModel.Styled);
        RandomModel.Write(_folder.PathOf("strong"), config: RandomModel.Styled with { StyleStrength = 2 });
        using var plain = MotionGenerator.Load(_folder.PathOf("plain"));
        using var strong = MotionGenerator.Load(_folder.PathOf("strong"));
        TwoHandClip Of(MotionGenerator generator, PlayerStyle style, float strength = 1) =>
            generator.Generate(Notes, 5, new() { Style = style, StyleStrength = strength, Contact = false, Guidance = 0 }).Clip;

        var calm = PlayerStyle.Of(PerformanceStyle.Calm);
        Assert.Equal(0, Apart(Of(strong, calm), Of(plain, calm, 2)));
        Assert.Equal(0, Apart(Of(strong, calm, 0.5f), Of(plain, calm)));
        Assert.NotEqual(0, Apart(Of(strong, calm), Of(plain, calm)));
        Assert.Equal(0, Apart(Of(strong, PlayerStyle.Person), Of(plain, PlayerStyle.Person)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomModel.Styled with { StyleStrength = 0 });
    }

    [Fact]
    public void Models_that_know_no_styles_say_so()
    {
        RandomModel.Write(_folder.PathOf("model"));
        using var generator = MotionGenerator.Load(_folder.PathOf("model"));
        Assert.False(generator.KnowsStyles);
        Assert.Contains("knows no styles", Assert.Throws<ArgumentException>(() => generator.Generate(Notes, 5, new() { Style = PlayerStyle.Of(PerformanceStyle.Calm) })).Message, StringComparison.Ordinal);
        generator.Generate(Notes, 5, new() { Contact = false });
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(4.1f)]
    [InlineData(float.NaN)]
    public void Impossible_strengths_are_refused(float strength) => Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { StyleStrength = strength });

    private static double Apart(TwoHandClip a, TwoHandClip b) =>
        HandSides.Both.Average(side => a.Hands[side].Rotations.Zip(b.Hands[side].Rotations, (one, other) => Math.Abs((double)one - other)).Average());
}

using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Styles as users ask for them.</summary>
public sealed class StyleProcessTests : IDisposable
{
    private static readonly string Minuet = Repository.PathOf("samples", "minuet-in-g.mid");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Styles_are_played_by_name_and_like_another_motion()
    {
        var person = Made("generate", "person.npz", "--length", "6");
        var calm = Made("generate", "calm.npz", "--length", "6", "--style", "calm");
        Assert.True(Apart(person, calm) > 0.002, $"{Apart(person, calm)}");
        Assert.Equal(person.Hands.Left.Rotations, Made("generate", "again.npz", "--length", "6", "--style", "person").Hands.Left.Rotations);

        // Half a minute of the kinematic pianist tells its style.
        var low = Made("perform", "low.npz", "--style", "calm");
        var like = Made("perform", "like.npz", "--length", "6", "--style", _folder.PathOf("low.npz"));
        Assert.True(Height(like) < Height(Made("perform", "usual.npz", "--length", "6")) - 0.002f, $"{Height(like)}, {Height(low)}");
    }

    [Theory]
    [InlineData("generate", "--style is person, calm, neutral, virtuoso or random, or a motion's file (.npz .json), not 'angry'.", "--style", "angry")]
    [InlineData("generate", "--style-strength", "--style-strength", "5")]
    [InlineData("perform", "--expression", "--expression", "-1")]
    [InlineData("perform", "none.npz", "--style", "none.npz")]
    public void What_is_no_style_is_told_in_one_line(string command, string says, params string[] arguments)
    {
        var (code, _, errors) = DuomanoProcess.Run([command, Minuet, "-o", _folder.PathOf("out.npz"), .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("out.npz")));
    }

    [Fact]
    public void A_motion_that_tells_too_little_is_refused()
    {
        Made("perform", "short.npz", "--length", "3");
        var (code, _, errors) = DuomanoProcess.Run("generate", Minuet, "-o", _folder.PathOf("out.npz"), "--style", _folder.PathOf("short.npz"));
        Assert.Equal(2, code);
        Assert.Contains("short.npz: tells too little of a style", errors, StringComparison.Ordinal);
    }

    private TwoHandClip Made(string command, string name, params string[] arguments)
    {
        var (code, _, errors) = DuomanoProcess.Run([command, Minuet, "-o", _folder.PathOf(name), .. arguments]);
        Assert.True(code == 0, errors);
        return MotionFile.Read(_folder.PathOf(name));
    }

    private static double Apart(TwoHandClip a, TwoHandClip b) => HandSides.Both.Average(side => Enumerable.Range(0, a.FrameCount).Average(frame => (double)(a.Hands[side].Wrist(frame) - b.Hands[side].Wrist(frame)).Length()));

    private static float Height(TwoHandClip clip) => HandSides.Both.Average(side => Enumerable.Range(0, clip.FrameCount).Average(frame => clip.Hands[side].Wrist(frame).Y));
}

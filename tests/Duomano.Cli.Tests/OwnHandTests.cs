using Duomano.Core.Hands;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>--hand mano=FILE, in processes of their own.</summary>
public sealed class OwnHandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_piece_is_performed_and_measured_with_a_users_own_hand()
    {
        var hand = $"mano={_folder.WithFile("hand.pkl", ManoPickle.Write(SyntheticMano.Arrays()))}";
        MidiFile.Write(_folder.PathOf("piece.mid"), new(Clips.Notes(4)));
        var (code, _, errors) = DuomanoProcess.Run("perform", _folder.PathOf("piece.mid"), "-o", _folder.PathOf("a.json"), "--hand", hand);
        Assert.True(code == 0, errors);
        Assert.Equal("mano", AnnotationJson.Read(_folder.PathOf("a.json")).HandModel);

        (code, var report, _) = DuomanoProcess.Run("measure", _folder.PathOf("a.json"), _folder.PathOf("piece.mid"), "--hand", hand);
        Assert.Equal(0, code);
        Assert.Contains(report.Split('\n'), line => line.StartsWith("key press notes f1", StringComparison.Ordinal) && line.Contains("100.0 %", StringComparison.Ordinal));

        (code, var info, _) = DuomanoProcess.Run("info", _folder.PathOf("hand.pkl"));
        Assert.Equal(0, code);
        Assert.Contains("MANO's right hand", info, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smplx=hand.pkl", "mano=FILE")]
    [InlineData("mano=missing.pkl", "missing.pkl: there is no such file")]
    public void A_hand_that_is_none_is_one_line_and_code_2(string hand, string said)
    {
        MidiFile.Write(_folder.PathOf("piece.mid"), new(Clips.Notes(1)));
        var (code, _, errors) = DuomanoProcess.Run("perform", _folder.PathOf("piece.mid"), "-o", _folder.PathOf("a.npz"), "--hand", hand);
        Assert.Equal(2, code);
        Assert.Contains(said, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }
}

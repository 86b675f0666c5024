using Duomano.Cli.Serving;
using Duomano.Core.Files;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Server;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Pieces of more notes than anybody plays.</summary>
public sealed class HugePieceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public HugePieceTests() => MidiFile.Write(
        _folder.PathOf("huge.mid"), new Score(Enumerable.Range(0, MusicInput.MostNotes + 1).Select(i => new Note(i * 0.01, i * 0.01 + 0.005, new PianoKey(40 + i % 40), 80))));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("generate")]
    [InlineData("perform")]
    public void One_line_says_how_many_are_too_many(string command)
    {
        var (code, _, errors) = DuomanoProcess.Run(command, _folder.PathOf("huge.mid"), "-o", _folder.PathOf("x.npz"));
        Assert.Equal(2, code);
        Assert.EndsWith(
            "huge.mid: has 100001 notes; 100000 are the most that are worked on at once: take a part of it with --start and --length", Assert.Single(errors.Trim().Split('\n')).Trim(), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("x.npz")));
    }

    [Fact]
    public void A_part_of_it_is_played()
    {
        var (code, _, errors) = DuomanoProcess.Run("perform", _folder.PathOf("huge.mid"), "--start", "500", "--length", "0.1", "-o", _folder.PathOf("x.npz"));
        Assert.True(code == 0, errors);
    }

    [Fact]
    public void The_server_says_so_before_it_is_queued()
    {
        using var maker = new UploadedMusic(Repository.PathOf("models", "duomano-small"), 1, new());
        var error = Assert.Throws<UnreadableFileException>(() => maker.Inspect(new(_folder.PathOf("huge.mid"), "huge", MusicKind.Midi, 1e6, 50_000), TestContext.Current.CancellationToken));
        Assert.EndsWith("has 100001 notes; 50000 are the most this server takes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_threads_than_the_processor_has_are_not_used() => Assert.Equal(Environment.ProcessorCount, Commands.SharedOptions.Usable(100_000));
}

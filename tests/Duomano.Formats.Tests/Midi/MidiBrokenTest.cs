using Duomano.Core.Files;
using Duomano.Formats.Midi;
using Duomano.Tests;
using static Duomano.Formats.Tests.Midi.MidiBytes;

namespace Duomano.Formats.Tests.Midi;

public class MidiBrokenTest
{
    private static readonly byte[] Sound = File(0, 480, Track(On(0, 60), Off(96, 60), End()));

    public static TheoryData<string, byte[], string> Broken => new()
    {
        { "empty", [], "the file is empty" },
        { "cut in the magic word", Sound[..3], "byte 0: the file starts with 'MTh', expected 'MThd'" },
        { "another format", "RIFF1234WAVEfmt "u8.ToArray(), "starts with 'RIFF', expected 'MThd'" },
        { "cut in the header", Sound[..11], "byte 10" },
        { "a short header", [.. "MThd"u8, 0, 0, 0, 4, 0, 0, 0, 1], "byte 4: a header of 4 bytes, expected at least 6" },
        { "a header longer than the file", [.. "MThd"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1, 1, 1], "but 0 are left" },
        { "format 2", File(2, 480, Track(On(0, 60), Off(9, 60), End()), Track(On(0, 60), Off(9, 60), End())), "byte 8: format 2 (separate patterns) with more than one pattern" },
        { "format 9", File(9, 480, Track(End())), "byte 8: format 9, expected 0 or 1" },
        { "no tracks", Header(1, 0, 480), "0 tracks" },
        { "division 0", File(0, 0, Track(End())), "0 ticks a quarter note" },
        { "SMPTE frames nobody uses", File(0, (256 - 26) << 8 | 40, Track(End())), "26 SMPTE frames" },
        { "SMPTE without ticks", File(0, (256 - 25) << 8, Track(End())), "0 ticks a frame" },
        { "cut in a chunk's head", [.. Header(0, 1, 480), .. "MTrk"u8, 0, 0], "track 1, byte 18" },
        { "cut in a note", File(0, 480, Chunk("MTrk", [0, 0x90, 60])), "track 1, byte 25: the file ends where a velocity was expected" },
        { "a track that ends in a note", File(1, 480, Chunk("MTrk", [0, 0x90, 60]), Track(End())), "track 1, byte 25: the track ends where a velocity was expected" },
        { "an endless number", File(0, 480, Track([0x80, 0x80, 0x80, 0x80, 0, 0x90, 60, 64], End())), "track 1, byte 22: a delta time is longer than the four bytes" },
        { "data without a status", File(0, 480, Track([0, 60, 64], End())), "track 1, byte 23: an event starts with 0x3C" },
        { "a lying meta length", File(0, 480, Track([0, 0xFF, 1, 0x7F, 65], End())), "a meta event of type 0x01 of 127 bytes, but 5 are left" },
        { "a lying exclusive length", File(0, 480, Track([0, 0xF0, 0x8F, 0xFF, 0xFF, 0x7F], End())), "a system exclusive message of" },
        { "a track longer than the file and cut", [.. Header(0, 1, 480), .. Chunk("MTrk", [0, 0x90, 60, 64], 4000)], "track 1, byte 26: the file ends where an event was expected" },
        { "a tempo of 2 bytes", File(0, 480, Track(Meta(0, 0x51, 7, 7), End())), "a tempo of 2 bytes, expected 3" },
    };

    public static TheoryData<string, byte[], string> Forgiven => new()
    {
        { "fewer tracks than announced", [.. Header(1, 3, 480), .. Track(On(0, 60), Off(96, 60), End())], "the header announces 3 tracks, the file has 1 (byte 10)" },
        { "a track longer than the file", [.. Header(0, 1, 480), .. Chunk("MTrk", [.. On(0, 60), .. Off(96, 60), .. End()], 4000)], "the chunk announces 4000 bytes, its events take 12 (track 1, byte 14)" },
        { "a track shorter than its events", File(1, 480, Chunk("MTrk", [.. On(0, 60), .. Off(96, 60), .. End()], 5), Track(End())), "the chunk announces 5 bytes, its events take 12 (track 1, byte 14)" },
        { "data over 127", File(0, 480, Track(On(0, 60, 0xC0), Off(96, 60), End())), "data bytes over 127 (track 1, byte 25)" },
        { "a real-time message", File(0, 480, Track(On(0, 60), [0, 0xF8], Off(96, 60), End())), "system messages among the events, such as 0xF8, are passed over (track 1, byte 27)" },
        { "tempo 0", File(0, 480, Track(Tempo(0, 0), On(0, 60), Off(96, 60), End())), "a tempo of 0 microseconds a quarter note is passed over (track 1, byte 25)" },
        { "a note never released", File(0, 1, Track(On(0, 60), End(0x0FFFFFFF))), "1 notes are never released and end after at most 8 s (the first at 0.0 s)" },
    };

    [Theory]
    [MemberData(nameof(Forgiven))]
    public void What_needs_no_guess_is_read_with_a_warning(string what, byte[] file, string warning)
    {
        var piece = Read(file);
        Assert.Equal((what, 60), (what, Assert.Single(piece.Score.Notes).Key.Midi));
        Assert.Equal(warning, Assert.Single(piece.Warnings));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void The_message_names_file_place_and_problem(string what, byte[] file, string message)
    {
        var error = Assert.Throws<UnreadableFileException>(() => Read(file));
        Assert.StartsWith("test.mid: ", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error.Message}");
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_file_cut_anywhere_is_either_read_or_refused()
    {
        for (var length = 0; length < Sound.Length; length++)
        {
            var cut = Sound[..length];
            Assert.Throws<UnreadableFileException>(() => Read(cut));
        }
    }

    [Fact]
    public void The_message_names_the_path()
    {
        using var folder = new TemporaryFolder();
        var path = folder.WithFile("broken.mid", [1, 2, 3, 4]);
        var error = Assert.Throws<UnreadableFileException>(() => MidiFile.Read(path));
        Assert.Equal((path, "byte 0"), (error.Path, error.Place));
    }

    [Fact]
    public void Files_without_end_are_refused()
    {
        var error = Assert.Throws<UnreadableFileException>(() => MidiFile.Read(new EndlessStream(), "endless.mid"));
        Assert.Contains("longer than 16 MiB", error.Message, StringComparison.Ordinal);
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

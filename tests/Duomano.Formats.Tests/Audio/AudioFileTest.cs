using System.Diagnostics;
using Duomano.Core.Files;
using Duomano.Formats.Audio;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Audio;

public class AudioFileTest
{
    [Fact]
    public void A_wav_file_becomes_mono_at_16_kHz()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("sound.wav");
        var left = WavFileTest.Sine(1000, 44100, 44100);
        WavFile.Write(path, new AudioBuffer([left, new float[44100]], 44100), WavEncoding.Float32);
        var samples = AudioFile.ReadMono16k(path);
        Assert.Equal(16000, samples.Length);
        for (var i = 100; i < 15900; i++) Assert.Equal(0.25 * Math.Sin(Math.Tau * 1000 * i / 16000), samples[i], 1e-4);
    }

    [Fact]
    public void Sound_at_16_kHz_stays_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("sound.wav");
        var sine = WavFileTest.Sine(1000, 16000, 10000);
        WavFile.Write(path, new AudioBuffer(sine, 16000), WavEncoding.Float32);
        Assert.Equal(sine, AudioFile.ReadMono16k(path));
    }

    [Fact]
    public void Streaming_gives_the_same_in_pieces()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("sound.wav");
        WavFile.Write(path, new AudioBuffer(WavFileTest.Sine(500, 22050, 50000), 22050));
        var samples = new List<float>();
        var pieces = 0;
        AudioFile.StreamMono16k(path, piece =>
        {
            pieces++;
            Assert.InRange(piece.Length, 1, 1 << 16);
            foreach (var sample in piece) samples.Add(sample);
        });
        Assert.True(pieces > 3);
        Assert.Equal(AudioFile.ReadMono16k(path), samples);
    }

    [Theory]
    [InlineData("tone.flac")]
    [InlineData("tone.mp3")]
    [InlineData("tone.m4a")]
    [InlineData("a \"quoted\" name.ogg")]
    [InlineData("-i.flac")]
    public void Other_files_go_through_ffmpeg(string name)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var path = Encode(folder, name);
        var samples = AudioFile.ReadMono16k(path);
        Assert.InRange(samples.Length, 15500, 18000);

        // A tone of amplitude 0.5 has a power of 1/8; coders are not exact.
        Assert.Equal(0.125, samples.Skip(4000).Take(8000).Average(sample => sample * sample), 0.02);
    }

    [Fact]
    public void Wav_files_of_other_encodings_go_through_ffmpeg()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var samples = AudioFile.ReadMono16k(Encode(folder, "tone.wav", "-c:a", "pcm_mulaw"));
        Assert.Equal(0.125, samples.Skip(4000).Take(8000).Average(sample => sample * sample), 0.02);
    }

    [Theory]
    [InlineData("tone.wav")]
    [InlineData("tone.flac")]
    [InlineData("tone.m4a")]
    public void How_long_it_is_shows_before_it_is_read(string name)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        Assert.Equal(1, AudioFile.Seconds(Encode(folder, name), TestContext.Current.CancellationToken)!.Value, 0.1);
        Assert.Null(AudioFile.Seconds(folder.WithFile("words.mp3", [.. "There is no sound in here."u8]), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("noise.mp3")]
    [InlineData("text.txt")]
    public void What_ffmpeg_cannot_decode_is_unreadable(string name)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var path = folder.WithFile(name, [.. "There is no sound in here."u8]);
        var error = Assert.Throws<UnreadableFileException>(() => AudioFile.ReadMono16k(path));
        Assert.StartsWith($"{path}: ffmpeg finds no sound in it (", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Without_ffmpeg_the_message_says_what_to_install()
    {
        using var folder = new TemporaryFolder();
        var path = folder.WithFile("song.mp3", [1, 2, 3]);
        var error = Assert.Throws<FfmpegMissingException>(() => FfmpegDecoder.Decode(path, _ => { }, searchPath: folder.PathOf("")));
        Assert.Contains($"cannot read {path}: it needs ffmpeg", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt install ffmpeg", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_files_are_unreadable()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<UnreadableFileException>(() => AudioFile.ReadMono16k(folder.WithFile("empty.mp3", [])));
    }

    private static string Encode(TemporaryFolder folder, string name, params string[] options)
    {
        var source = folder.PathOf("source.wav");
        WavFile.Write(source, new AudioBuffer(WavFileTest.Sine(700, 44100, 44100), 44100));
        var path = folder.PathOf(name);
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", source, .. options, path]))!;
        ProgramProcess.End(ffmpeg);
        Assert.Equal(0, ffmpeg.ExitCode);
        return path;
    }
}

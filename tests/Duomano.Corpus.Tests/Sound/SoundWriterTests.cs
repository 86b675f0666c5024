using Duomano.Corpus.Layout;
using Duomano.Corpus.Sound;
using Duomano.Formats.Audio;

namespace Duomano.Tests.Corpus.Sound;

public sealed class SoundWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static bool HasFfmpeg => Capabilities.Ffmpeg;

    public void Dispose() => _folder.Dispose();

    [Fact(Skip = "ffmpeg is missing", SkipUnless = nameof(HasFfmpeg))]
    public void FlacHoldsTheSamplesOfWav()
    {
        var (wav, flac) = (Write(AudioFormat.Wav), Write(AudioFormat.Flac));
        Assert.Equal(AudioFile.ReadMono16k(wav), AudioFile.ReadMono16k(flac));
        Assert.True(new FileInfo(flac).Length < new FileInfo(wav).Length);
        Assert.Equal(2, _folder.Files.Length); // nothing is left beside them
    }

    [Fact(Skip = "ffmpeg is missing", SkipUnless = nameof(HasFfmpeg))]
    public void Mp3StaysInTimeAndComesOutTheSameTwice()
    {
        var mp3 = Write(AudioFormat.Mp3);
        var first = File.ReadAllBytes(mp3);
        Assert.Equal(first, File.ReadAllBytes(Write(AudioFormat.Mp3)));

        var heard = AudioFile.ReadMono16k(mp3);
        var made = Chirp();
        Assert.InRange(heard.Length, made.Length - 1200, made.Length + 1200);
        // The shift at which both agree best.
        var best = Enumerable.Range(-100, 201).MaxBy(shift => Enumerable.Range(4000, 8000).Sum(i => (double)made[i] * heard[i + shift]));
        Assert.InRange(best, -2, 2);
    }

    private string Write(AudioFormat format)
    {
        var path = _folder.PathOf("sound" + format.Extension());
        SoundWriter.Write(path, Chirp(), format);
        return path;
    }

    private static float[] Chirp() => [.. Enumerable.Range(0, 16000).Select(i => (float)(0.4 * Math.Sin(i * (0.05 + i * 2e-6))))];
}

using System.Diagnostics;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Videos as the command line makes them, looked at through ffmpeg.</summary>
public sealed class FilmTests : IDisposable
{
    private const int Rate = 16_000;

    // What a command line would take apart.
    private static readonly string Named = OperatingSystem.IsWindows() ? "top é.MP4" : "to\"p\\\" -t 'é.MP4";

    private readonly TemporaryFolder _folder = new();

    public FilmTests() => MidiFile.Write(_folder.PathOf("in.mid"), new Score(Enumerable.Range(0, 8).Select(i => new Note(0.1 + i * 0.2, 0.3 + i * 0.2, new PianoKey(60 + i), 90))));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Notes_are_heard_and_each_view_is_another()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg && Capabilities.Fluidsynth, "ffmpeg or fluidsynth is not installed");
        Assert.SkipUnless(MidiSound.FindSoundFont() is not null, "there is no sound font");
        Make("perform", "in.mid", "--length", "0.7", "-o", "top.mp4", "--view", "top");
        Make("perform", "in.mid", "--length", "0.7", "-o", "player.mp4", "--view", "player");
        var sound = AudioFile.ReadMono16k(_folder.PathOf("top.mp4"), TestContext.Current.CancellationToken);
        Assert.InRange(Loud(sound, 0.1, 0.7), 0.03, 0.5);
        Assert.InRange(sound.Max(MathF.Abs), 0.1f, 0.891f);
        Assert.True(Differ("top.mp4", "player.mp4") > 4, "both views show the same");
    }

    [Fact]
    public void Soft_and_loud_pieces_sound_equally_loud()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg && Capabilities.Fluidsynth, "ffmpeg or fluidsynth is not installed");
        Assert.SkipUnless(MidiSound.FindSoundFont() is not null, "there is no sound font");
        double Level(int velocity)
        {
            MidiFile.Write(_folder.PathOf("in.mid"), new Score(Enumerable.Range(0, 8).Select(i => new Note(0.1 + i * 0.2, 0.3 + i * 0.2, new PianoKey(60 + i), velocity))));
            Make("perform", "in.mid", "-o", "film.mp4");
            return 20 * Math.Log10(Loud(AudioFile.ReadMono16k(_folder.PathOf("film.mp4"), TestContext.Current.CancellationToken), 0.1, 1.7));
        }

        var (soft, loud) = (Level(20), Level(115));
        Assert.InRange(soft, -26, -16);
        Assert.InRange(loud - soft, -2, 2);
    }

    [Theory]
    [InlineData("perform")]
    [InlineData("generate", "--no-contact", "--steps", "1")]
    public void A_recording_begins_where_the_motion_begins(string command, params string[] options)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        WavFile.Write(_folder.PathOf("sound.wav"), new AudioBuffer([.. Enumerable.Range(0, 3 * Rate).Select(i => i < Rate ? 0 : 0.3f * MathF.Sin(i * 0.2f))], Rate));
        Make(command, "in.mid", [.. options, "--start", "1", "--length", "0.4", "--sound", "sound.wav", "-o", "film.mp4", "-o", "film.npz", "--view", "player"]);
        Assert.InRange(Loud(AudioFile.ReadMono16k(_folder.PathOf("film.mp4"), TestContext.Current.CancellationToken), 0.1, 0.4), 0.1, 0.3);

        // And the view is the one that was asked for.
        Make("convert", "film.npz", "-o", Named, "--view", "top");
        Assert.True(Differ("film.mp4", Named) > 4, "both views show the same");
    }

    private void Make(string command, string input, params string[] options)
    {
        var (code, _, errors) = DuomanoProcess.RunIn(_folder.PathOf(""), [command, input, "--threads", "1", .. options]);
        Assert.True(code == 0, errors);
    }

    private double Differ(string film, string other) => Picture(film).Zip(Picture(other)).Average(pair => Math.Abs(pair.First - pair.Second));

    // Root of the mean square between two times.
    private static double Loud(float[] sound, double from, double to) =>
        Math.Sqrt(sound[(int)(from * Rate)..(int)(to * Rate)].Average(sample => (double)sample * sample));

    // The first picture, small and grey.
    private byte[] Picture(string film)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", _folder.PathOf(film), "-frames:v", "1", "-vf", "scale=96:54", "-pix_fmt", "gray", "-f", "rawvideo", "-"]) { RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        ffmpeg.StandardOutput.BaseStream.CopyTo(bytes);
        Assert.True(ffmpeg.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(96 * 54, bytes.Length);
        return bytes.ToArray();
    }
}

using System.ComponentModel;
using System.Diagnostics;
using Duomano.Core.Files;
using Duomano.Corpus.Layout;
using Duomano.Formats.Audio;

namespace Duomano.Corpus.Sound;

/// <summary>Stores mono sound in one of the corpus's formats; the compressed ones through ffmpeg.</summary>
internal static class SoundWriter
{
    private const string Program = "ffmpeg";

    /// <summary>The ending of a format's files.</summary>
    public static string Extension(this AudioFormat format) => format switch
    {
        AudioFormat.Wav => ".wav",
        AudioFormat.Flac => ".flac",
        AudioFormat.Mp3 => ".mp3",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such audio format."),
    };

    /// <summary>Writes samples; the same samples give the same bytes with the same ffmpeg.</summary>
    public static void Write(string path, float[] samples, AudioFormat format)
    {
        var sound = new AudioBuffer(samples, Instruments.SampleRate);
        if (format == AudioFormat.Wav)
        {
            WavFile.Write(path, sound);
            return;
        }

        WholeFile.WriteBeside(path, beside =>
        {
            var wav = Path.ChangeExtension(beside, ".wav");
            try
            {
                WavFile.Write(wav, sound);
                Encode(wav, beside, format);
            }
            finally
            {
                File.Delete(wav);
            }
        });
    }

    private static void Encode(string wav, string target, AudioFormat format)
    {
        string[] codec = format == AudioFormat.Mp3 ? ["-codec:a", "libmp3lame", "-b:a", "64k"] : ["-codec:a", "flac"];
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["-nostdin", "-v", "error", "-y", "-f", "wav", "-i", wav, "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", .. codec, target])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start) ?? throw new FfmpegMissingException($"write {Path.GetFileName(target)}");
            process.StandardInput.Close();
            var messages = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidOperationException($"{Program} could not write {target}: {messages.Trim().ReplaceLineEndings(" ")}");
        }
        catch (Win32Exception error)
        {
            throw new FfmpegMissingException($"write {Path.GetFileName(target)}", error);
        }
    }
}

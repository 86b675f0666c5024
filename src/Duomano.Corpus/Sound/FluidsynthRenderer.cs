using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;

namespace Duomano.Corpus.Sound;

/// <summary>
/// Turns notes into sound with the external program fluidsynth, faster than they play; the same score and settings
/// give the same samples. The sound comes through a pipe: nothing long is kept but the result.
/// </summary>
public static class FluidsynthRenderer
{
    /// <summary>The program that is started; it is looked for on the PATH.</summary>
    public const string Program = "fluidsynth";

    internal const string Missing =
        $"{Program} was not found on the PATH; install it (Debian and Ubuntu: apt install fluidsynth; macOS: brew install fluid-synth) or make the corpus without sound.";

    // Sampled instruments alias where they are played back at a low rate, so twice the rate is rendered and halved here.
    private const int RenderingRate = 2 * Instruments.SampleRate;
    private const int Channels = 2;

    // How much shorter than asked for the sound may be, seconds: it ends with a whole block.
    private const double Slack = 0.1;

    private static readonly Lazy<bool> Available = new(FindProgram);

    /// <summary>Whether fluidsynth can be started.</summary>
    public static bool IsAvailable => Available.Value;

    /// <summary>Renders a score, without the settings' room.</summary>
    /// <param name="score">What is played, with pedal.</param>
    /// <param name="settings">On what.</param>
    /// <param name="seconds">How long the result is; sound beyond is cut off, silence is added.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <returns>Mono samples at <see cref="Instruments.SampleRate"/>, as loud as they come out.</returns>
    /// <exception cref="InvalidOperationException">fluidsynth is not installed, or failed.</exception>
    /// <exception cref="UnreadableFileException">The sound font is missing or cannot be read.</exception>
    public static float[] Render(Score score, SoundSettings settings, double seconds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(settings);
        if (!IsAvailable) throw new InvalidOperationException(Missing);
        OrdinaryFile.Check(settings.SoundFont);
        if (!File.Exists(settings.SoundFont)) throw new UnreadableFileException(settings.SoundFont, "", "there is no such sound font.");
        var folder = Directory.CreateTempSubdirectory("duomano-sound-").FullName;
        try
        {
            var midi = Path.Combine(folder, "piece.mid");
            var commands = Path.Combine(folder, "commands.txt");
            MidiFile.Write(midi, OnOneChannel(score, seconds), cancellation: cancellation);
            File.WriteAllText(commands, Commands(settings));
            return Run(Arguments(settings, midi, commands), settings.SoundFont, seconds, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // One channel for both hands, as there is one pedal. The player stops at the last event: a late one lets the sound die away.
    private static Score OnOneChannel(Score score, double seconds) => new(
        score.Notes.Select(note => note with { Hand = null, Finger = null }),
        score.Pedal.Append(new(Math.Max(seconds, score.Duration) + 0.1, 0)));

    private static string Commands(SoundSettings settings)
    {
        var commands = new StringBuilder($"select 0 1 0 {settings.Program}\ntuning strings 0 0\n");
        var cents = settings.KeyCents();
        foreach (var key in PianoKey.All) commands.Append($"tune 0 0 {key.Midi} {Text(100 * key.Midi + cents[key.Index])}\n");
        commands.Append("settuning 0 0 0\n");
        if (settings.ChorusLevel > 0) commands.Append($"cho_set_level {Text(settings.ChorusLevel)}\n");
        return commands.ToString();
    }

    private static string[] Arguments(SoundSettings settings, string midi, string commands) =>
    [
        "--no-shell", "--no-midi-in", "--quiet",
        "--fast-render", "-", "--audio-file-type", "raw", "--audio-file-format", "float",
        "--sample-rate", Text(RenderingRate), "--gain", "0.4", "--audio-bufsize", "1024",
        "-o", "synth.reverb.active=0", "-o", $"synth.chorus.active={(settings.ChorusLevel > 0 ? 1 : 0)}",
        // The player would undo the tuning when it starts.
        "-o", "player.reset-synth=0", "-o", "synth.dynamic-sample-loading=1", "-o", "synth.cpu-cores=1", "-o", "synth.lock-memory=0",
        "-f", commands, settings.SoundFont, midi,
    ];

    private static float[] Run(string[] arguments, string soundFont, double seconds, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} could not be started.");
        process.StandardInput.Close();
        using var ending = cancellation.Register(() => Kill(process));
        var listening = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var length = (int)Math.Round(seconds * Instruments.SampleRate);
        var sound = Listen(process.StandardOutput.BaseStream, length);
        var messages = listening.GetAwaiter().GetResult();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        // It goes on without a sound font and still returns 0.
        if (messages.Contains("Failed to load SoundFont", StringComparison.OrdinalIgnoreCase) || messages.Contains("Unable to load", StringComparison.OrdinalIgnoreCase)
            || messages.Contains("Not a SoundFont", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableFileException(soundFont, "", $"{Program} cannot read it as a sound font.");
        }

        if (process.ExitCode != 0) throw new InvalidOperationException($"{Program} ended with code {process.ExitCode}. {messages.Trim().ReplaceLineEndings(" ")}".TrimEnd());
        var missing = seconds - sound.Count / (double)Instruments.SampleRate;
        if (missing > Slack) throw new InvalidOperationException($"{Program} stopped {missing:0.0} s before the end of {seconds:0.0} s of sound. {messages.Trim().ReplaceLineEndings(" ")}".TrimEnd());
        var samples = new float[length];
        CollectionsMarshal.AsSpan(sound)[..Math.Min(length, sound.Count)].CopyTo(samples);
        return samples;
    }

    // Mixes both channels and halves the rate while the sound comes in.
    private static List<float> Listen(Stream stream, int length)
    {
        var resampler = new Resampler(RenderingRate, Instruments.SampleRate);
        var output = new List<float>(length + Instruments.SampleRate);
        var bytes = new byte[1 << 16];
        var mono = new float[bytes.Length / (Channels * sizeof(float))];
        var kept = 0;
        while (stream.Read(bytes, kept, bytes.Length - kept) is var read and > 0)
        {
            var frames = (kept + read) / (Channels * sizeof(float));
            var stereo = MemoryMarshal.Cast<byte, float>(bytes);
            for (var i = 0; i < frames; i++) mono[i] = (stereo[2 * i] + stereo[2 * i + 1]) / 2;
            // What follows the end is not wanted, but has to be taken or the program would wait.
            if (output.Count < length) resampler.Push(mono.AsSpan(0, frames), output);
            var used = frames * Channels * sizeof(float);
            kept = kept + read - used;
            bytes.AsSpan(used, kept).CopyTo(bytes);
        }

        resampler.Finish(output);
        return output;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has just ended by itself.
        }
    }

    private static bool FindProgram()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null) return false;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}

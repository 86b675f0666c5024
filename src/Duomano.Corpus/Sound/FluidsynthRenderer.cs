using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;

namespace Duomano.Corpus.Sound;

/// <summary>
/// Turns notes into sound with the external program fluidsynth, faster than they play; the same score and settings
/// give the same samples.
/// </summary>
public static class FluidsynthRenderer
{
    /// <summary>Sample rate of what is rendered, Hz.</summary>
    public const int SampleRate = 16000;

    /// <summary>The program that is started; it is looked for on the PATH.</summary>
    public const string Program = "fluidsynth";

    internal const string Missing =
        $"{Program} was not found on the PATH; install it (Debian and Ubuntu: apt install fluidsynth; macOS: brew install fluid-synth) or make the corpus without sound.";

    // Sampled instruments alias where they are played back at a low rate, so twice the rate is rendered and halved here.
    private const int Oversampling = 2;
    private const int Channels = 2;
    private const int BendRangeCents = 200;

    private static readonly Lazy<bool> Available = new(FindProgram);

    /// <summary>Whether fluidsynth can be started.</summary>
    public static bool IsAvailable => Available.Value;

    /// <summary>Renders a score.</summary>
    /// <param name="score">What is played, with pedal.</param>
    /// <param name="settings">On what.</param>
    /// <param name="seconds">How long the result is; sound beyond is cut off, silence is added.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <returns>Mono samples at <see cref="SampleRate"/>, as loud as they come out.</returns>
    /// <exception cref="InvalidOperationException">fluidsynth is not installed, or failed.</exception>
    /// <exception cref="UnreadableFileException">The sound font is missing or cannot be read.</exception>
    public static float[] Render(Score score, SoundSettings settings, double seconds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(settings);
        if (!(seconds >= 0 && seconds < 24 * 3600)) throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A rendering is 0 s to a day long.");
        if (!IsAvailable) throw new InvalidOperationException(Missing);
        if (!File.Exists(settings.SoundFont)) throw new UnreadableFileException(settings.SoundFont, "", "there is no such sound font.");
        var folder = Directory.CreateTempSubdirectory("duomano-sound-").FullName;
        try
        {
            var midi = Path.Combine(folder, "piece.mid");
            var commands = Path.Combine(folder, "commands.txt");
            var sound = Path.Combine(folder, "piece.raw");
            MidiFile.Write(midi, OnOneChannel(score, seconds));
            File.WriteAllText(commands, Commands(settings));
            Run(Arguments(settings, midi, commands, sound), settings.SoundFont, cancellation);
            return Finish(sound, (int)Math.Round(seconds * SampleRate));
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
        var bend = 8192 + (int)Math.Round(settings.DetuneCents / BendRangeCents * 8192);
        var commands = $"select 0 1 0 {settings.Program}\npitch_bend_range 0 {BendRangeCents / 100}\npitch_bend 0 {bend}\n";
        if (settings.ReverbLevel > 0) commands += $"rev_setlevel {Text(settings.ReverbLevel)}\nrev_setroomsize {Text(settings.RoomSize)}\n";
        if (settings.ChorusLevel > 0) commands += $"cho_set_level {Text(settings.ChorusLevel)}\n";
        return commands;
    }

    private static string[] Arguments(SoundSettings settings, string midi, string commands, string sound) =>
    [
        "--no-shell", "--no-midi-in", "--quiet",
        "--fast-render", sound, "--audio-file-type", "raw", "--audio-file-format", "float",
        "--sample-rate", Text(SampleRate * Oversampling), "--gain", "0.4", "--audio-bufsize", "1024",
        "-o", $"synth.reverb.active={(settings.ReverbLevel > 0 ? 1 : 0)}", "-o", $"synth.chorus.active={(settings.ChorusLevel > 0 ? 1 : 0)}",
        // The player would undo the tuning when it starts.
        "-o", "player.reset-synth=0", "-o", "synth.dynamic-sample-loading=1", "-o", "synth.cpu-cores=1", "-o", "synth.lock-memory=0",
        "-f", commands, settings.SoundFont, midi,
    ];

    private static void Run(string[] arguments, string soundFont, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} could not be started.");
        process.StandardInput.Close();
        using var ending = cancellation.Register(() => Kill(process));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var messages = process.StandardError.ReadToEnd();
        output.Wait(CancellationToken.None);
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        // It goes on without a sound font and still returns 0.
        if (messages.Contains("Failed to load SoundFont", StringComparison.OrdinalIgnoreCase) || messages.Contains("Unable to load", StringComparison.OrdinalIgnoreCase)
            || messages.Contains("Not a SoundFont", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableFileException(soundFont, "", $"{Program} cannot read it as a sound font.");
        }

        if (process.ExitCode != 0) throw new InvalidOperationException($"{Program} ended with code {process.ExitCode}: {messages.Trim().ReplaceLineEndings(" ")}");
    }

    private static float[] Finish(string sound, int length)
    {
        var stereo = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(sound));
        var mono = new float[stereo.Length / Channels];
        for (var i = 0; i < mono.Length; i++) mono[i] = (stereo[2 * i] + stereo[2 * i + 1]) / 2;
        var sounding = Resampler.Resample(mono, SampleRate * Oversampling, SampleRate);
        var samples = new float[length];
        sounding.AsSpan(0, Math.Min(length, sounding.Length)).CopyTo(samples);
        return samples;
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

using System.ComponentModel;
using System.Diagnostics;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Midi;

namespace Duomano.Formats.Audio;

/// <summary>The sound of notes, played by the external program fluidsynth, for people to listen to (44.1 kHz, stereo).</summary>
public static class MidiSound
{
    private const string Program = "fluidsynth";

    private static readonly string[] Folders = ["/usr/share/sounds/sf2", "/usr/share/soundfonts", "/usr/local/share/soundfonts", "/opt/homebrew/share/soundfonts"];

    /// <summary>A sound font where systems keep theirs, or null.</summary>
    public static string? FindSoundFont() => Folders.Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.sf2").Order(StringComparer.OrdinalIgnoreCase))
        .OrderByDescending(path => Path.GetFileName(path).StartsWith("FluidR3", StringComparison.OrdinalIgnoreCase))
        .FirstOrDefault();

    /// <summary>Plays notes into a WAV file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="score">Notes and pedal.</param>
    /// <param name="soundFont">The instrument.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    /// <returns>False where fluidsynth is not installed.</returns>
    /// <exception cref="UnreadableFileException">The sound font cannot be read.</exception>
    /// <exception cref="InvalidOperationException">fluidsynth failed.</exception>
    public static bool TryWrite(string path, Score score, string soundFont, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        OrdinaryFile.Check(soundFont);
        if (!File.Exists(soundFont)) throw new UnreadableFileException(soundFont, "", "there is no such sound font");
        var folder = Directory.CreateTempSubdirectory("duomano-sound-").FullName;
        try
        {
            // Both hands on one channel, as there is one pedal; the player stops at the last event, so a late one lets strings ring.
            var midi = Path.Combine(folder, "piece.mid");
            MidiFile.Write(midi, new Score(score.Notes.Select(note => note with { Hand = null, Finger = null }), score.Pedal.Append(new(score.Duration + 2, 0))), cancellation: cancellation);
            WholeFile.WriteBeside(path, beside => Play(midi, beside, soundFont, cancellation));
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Play(string midi, string wav, string soundFont, CancellationToken cancellation)
    {
        string[] arguments = ["--no-shell", "--no-midi-in", "--quiet", "--fast-render", wav, "--audio-file-type", "wav", "--sample-rate", "44100", "--gain", "0.8", "-o", "synth.lock-memory=0", soundFont, midi];
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        using var ending = cancellation.Register(process.Kill);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var messages = process.StandardError.ReadToEnd();
        output.Wait(CancellationToken.None);
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();

        // It goes on without a sound font and still returns 0.
        if (messages.Contains("Failed to load SoundFont", StringComparison.OrdinalIgnoreCase) || messages.Contains("Not a SoundFont", StringComparison.OrdinalIgnoreCase)
            || messages.Contains("Unable to load", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableFileException(soundFont, "", $"{Program} cannot read it as a sound font");
        }

        if (process.ExitCode != 0) throw new InvalidOperationException($"{Program} ended with code {process.ExitCode}: {messages.Trim().ReplaceLineEndings(" ")}");
    }
}

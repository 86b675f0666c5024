using Duomano.CommandLine;
using Duomano.Core.Motion;
using Duomano.Formats.Audio;
using Duomano.Formats.Video;
using Duomano.Rendering.Scene;
using Duomano.Rendering.Video;

namespace Duomano.Cli;

/// <summary>Videos with the sound of the recording, or of the notes where there is none.</summary>
internal static class VideoOutput
{
    public static void Write(string path, TwoHandClip clip, PlayedPiece piece, CancellationToken cancellation)
    {
        // Beside the video, where whoever owns that folder finds it should this program be killed.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}")).FullName;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void Stop(object? sender, ConsoleCancelEventArgs pressed)
        {
            pressed.Cancel = true;
            stop.Cancel();
        }

        Console.CancelKeyPress += Stop;
        try
        {
            var choice = piece.Show ?? ShowChoice.Usual;
            var options = new VideoOptions { Title = piece.Title, Credits = piece.Score.Credits, View = choice.View, Threads = piece.Threads, Sound = Sound(path, piece, choice.SoundFont, folder, stop.Token) };
            CommandHost.WithProgress("drawing the video", progress =>
            {
                PerformanceVideo.Write(path, clip, options, progress, stop.Token);
                return true;
            });
        }
        finally
        {
            Console.CancelKeyPress -= Stop;
            Directory.Delete(folder, recursive: true);
        }
    }

    private static VideoSound? Sound(string path, PlayedPiece piece, string? soundFont, string folder, CancellationToken cancellation)
    {
        if (piece.Recording is { } recording) return new(recording, piece.Start);
        if ((soundFont ?? MidiSound.FindSoundFont()) is not { } font)
        {
            CommandHost.Say($"{path}: silent, as no sound font was found; --soundfont FILE names one.");
            return null;
        }

        var wav = Path.Combine(folder, "piece.wav");
        if (MidiSound.TryWrite(wav, piece.Score, font, cancellation)) return new(wav);
        CommandHost.Say($"{path}: silent, as fluidsynth, which plays MIDI files, is not installed.");
        return null;
    }
}

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
    // What phones and computers are made for; players of videos turn to about it whatever is louder (−14 to −23).
    private const double Loudness = -18;

    public static void Write(string path, TwoHandClip clip, PlayedPiece piece, IProgress<double>? progress, CancellationToken cancellation)
    {
        // Beside the video, where whoever owns that folder finds it should this program be killed.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}")).FullName;
        try
        {
            var choice = piece.Show ?? ShowChoice.Usual;
            var options = new VideoOptions { Title = piece.Title, Credits = piece.Score.Credits, View = choice.View ?? (piece.Avatar is { HasBody: true } ? CameraView.Side : CameraView.Top), Avatar = piece.Skin(clip), Threads = piece.Threads, Sound = Sound(path, piece, choice.SoundFont, folder, cancellation) };
            PerformanceVideo.Write(path, clip, options, progress, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static VideoSound? Sound(string path, PlayedPiece piece, string? soundFont, string folder, CancellationToken cancellation)
    {
        if (piece.Recording is { } recording) return new(recording, piece.Start);
        if (piece.Score.Notes.Count == 0)
        {
            CommandHost.Say($"{path}: silent, as no notes are known.");
            return null;
        }

        if ((soundFont ?? MidiSound.FindSoundFont()) is not { } font)
        {
            CommandHost.Say($"{path}: silent, as no sound font was found; --soundfont FILE names one.");
            return null;
        }

        var wav = Path.Combine(folder, "piece.wav");
        if (MidiSound.TryWrite(wav, piece.Score, font, cancellation)) return new(wav) { Loudness = Loudness };
        CommandHost.Say($"{path}: silent, as fluidsynth, which plays MIDI files, is not installed.");
        return null;
    }
}

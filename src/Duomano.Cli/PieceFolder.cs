using Duomano.Core.Files;
using Duomano.Corpus.Layout;
using Duomano.Formats.Scores;

namespace Duomano.Cli;

/// <summary>The pieces that a folder of MIDI files or a data set has.</summary>
internal static class PieceFolder
{
    private static readonly string[] Recordings = [".wav", ".flac", ".mp3", ".ogg", ".m4a"];

    /// <summary>MIDI files by path, each with the recording that stands beside it.</summary>
    /// <param name="folder">A folder of MIDI files, searched with its subfolders, or a data set.</param>
    /// <param name="split">Part of a data set.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnreadableFileException">It holds no MIDI file.</exception>
    public static IReadOnlyList<(string Midi, string? Recording)> List(string folder, CorpusSplit split)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
        var midis = CorpusSplits.All.Any(part => File.Exists(Path.Combine(folder, part.ListFile())))
            ? new CorpusReader(folder).List(split).Select(item => item.MidiPath).OfType<string>().Distinct()
            : ScoreFile.In(folder);
        (string, string?)[] pieces = [.. midis.Order(StringComparer.Ordinal).Select(midi => (midi, Recordings.Select(extension => Path.ChangeExtension(midi, extension)).FirstOrDefault(File.Exists)))];
        return pieces.Length > 0 ? pieces : throw new UnreadableFileException(folder, "", "holds no MIDI file");
    }
}

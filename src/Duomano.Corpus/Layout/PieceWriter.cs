using Duomano.Core.Contact;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Corpus.Sound;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;

namespace Duomano.Corpus.Layout;

/// <summary>Makes one piece of a corpus: fingers and performs it, or solves for what was recorded, lets it sound and writes its files.</summary>
internal sealed class PieceWriter(CorpusOptions options, CorpusFolder folder)
{
    // What follows the last note, seconds: the sound dies away and the hands come to rest.
    private const double Tail = 1;

    // Videos are taken in stretches of this length, so that what was not seen well costs little of the rest, seconds.
    private const double FilmedSequence = 30;

    /// <summary>Makes the piece.</summary>
    public PieceRecord Write(PlannedPiece piece, CorpusSplit split, CancellationToken cancellation)
    {
        var score = piece.Load();
        var random = new SeededRandom(options.Seed, $"piece/{piece.Line}");
        var drawn = PerformanceStyle.Random(random);
        var style = piece.Episode is null && piece.Film is null ? options.Style ?? drawn : null;
        var (film, problem) = piece.Film is { } video ? Watch(video, cancellation) : default;
        var (clip, unplayed) = film is not null ? (film.Clip, film.Unplayed)
            : problem is not null ? (new(new(new HandTrack(0), new HandTrack(0)), TwoHandClip.SkeletonsOfSize(1)), 0)
            : style is null ? Solve(piece.Episode!, cancellation) : Perform(score, style, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var played = new Score(clip.Notes, film is null ? score.Pedal : clip.Pedal, score.Title);
        var recording = piece.Film is null ? Record(played, split, clip.Duration, random, cancellation) : null;
        var episodes = film is null ? null : Episodes(clip).Select(episode => film.QualityOf(episode.Start, episode.End)).ToList();
        var record = new PieceRecord
        {
            Uploader = piece.Uploader,
            Video = piece.Video,
            Split = split,
            Work = piece.Work,
            Source = piece.Source,
            Licence = piece.Licence,
            Transposition = piece.Transposition,
            TempoFactor = piece.TempoFactor,
            Seconds = Math.Round(clip.Duration, 3),
            Frames = clip.FrameCount,
            Notes = clip.Notes.Count,
            Unplayed = unplayed,
            Style = style,
            Performer = piece.Performer,
            HasOwnSound = film?.Sound is not null,
            Quality = episodes,
            LeftOut = problem ?? (episodes?.Exists(episode => episode.IsGood) == false ? "its hands or their fingers were not seen well" : null),
            Sound = recording is null ? null : recording.Settings with { SoundFont = Instruments.NameOf(recording.Settings.SoundFont) },
            Augmentation = recording?.Augmentation,
        };
        var temporary = folder.MakeTemporary(piece.Video);
        try
        {
            record = record with { Sequences = WriteSequences(piece, clip, record, recording?.Samples ?? film?.Sound, temporary) };
            MidiFile.Write(Path.Combine(temporary, CorpusFolder.Midi, $"{piece.Video}.mid"), played, cancellation: cancellation);
            record.Write(Path.Combine(temporary, CorpusFolder.Pieces, $"{piece.Video}.json"));
            cancellation.ThrowIfCancellationRequested();
            folder.Commit(temporary, piece.Uploader, piece.Video);
        }
        catch (IOException error)
        {
            // Of the system's words the reason, such as a full disk; the file is one of many and gone.
            throw new IOException($"{folder.Root}: {piece.Video} could not be written: {error.Message.Split(" : '")[0]}", error);
        }
        finally
        {
            CorpusFolder.RemoveTemporary(temporary);
        }

        return record;
    }

    private static (TwoHandClip Clip, int Unplayed) Perform(Score score, PerformanceStyle style, CancellationToken cancellation)
    {
        var plan = FingeringPlanner.Plan(score.Notes, new() { HandSize = style.HandSize }, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        var performance = KinematicPianist.Perform(plan.Notes, style, score.Duration + Tail, cancellation: cancellation);
        return (performance.Clip, performance.Unplayed.Count);
    }

    private static (TwoHandClip Clip, int Unplayed) Solve(RecordedEpisode episode, CancellationToken cancellation)
    {
        var solved = RecordedMotion.Solve(episode, cancellation: cancellation);
        return (solved.Clip, solved.Unplayed.Count);
    }

    private Recording? Record(Score played, CorpusSplit split, double seconds, SeededRandom random, CancellationToken cancellation)
    {
        var wanted = random.NextDouble() < options.SoundShare;
        var fonts = split == CorpusSplit.Test && options.TestSoundFonts.Count > 0 ? options.TestSoundFonts : options.SoundFonts;
        return wanted && fonts.Count > 0 ? Recording.Make(played, fonts, seconds, random, cancellation) : null;
    }

    private static (FilmedMotion? Film, string? Problem) Watch(FilmedPiece video, CancellationToken cancellation)
    {
        try
        {
            return (video.Watch(cancellation), null);
        }
        catch (UnreadableFileException error)
        {
            // One video without a piano ends no corpus.
            return (null, error.Message.Replace(error.Path, video.Source, StringComparison.Ordinal).ReplaceLineEndings(" "));
        }
    }

    // The stretches that a video is taken in.
    private static IEnumerable<(int Start, int End)> Episodes(TwoHandClip clip) => Stretches(clip, FilmedSequence);

    private static IEnumerable<(int Start, int End)> Stretches(TwoHandClip clip, double seconds)
    {
        var longest = (int)(seconds * clip.Fps);
        for (var start = 0; start < clip.FrameCount; start += longest) yield return (start, Math.Min(start + longest, clip.FrameCount));
    }

    private int WriteSequences(PlannedPiece piece, TwoHandClip clip, PieceRecord record, float[]? sound, string temporary)
    {
        var whole = Annotation.FromClip(clip);
        var (number, written) = (-1, 0);
        foreach (var (start, end) in record.Quality is null ? Stretches(clip, options.LongestSequence) : Episodes(clip))
        {
            number++;
            if (record.Quality is { } quality && !quality[number].IsGood) continue;
            written++;
            var name = CorpusFolder.SequenceName(piece.Video, number);
            AnnotationJson.Write(Path.Combine(temporary, CorpusFolder.Annotation, $"{name}.json"), whole with
            {
                Rows = PerHand.Create(side => whole.Rows[side][(start * Annotation.RowLength)..(end * Annotation.RowLength)]),
                StartFrame = start,
                Video = piece.Video,
                Notes = NoteWindow.Cut(clip.Notes, start / clip.Fps, end / clip.Fps),
                Style = record.Style?.ToString(),
                Performer = record.Performer,
                Source = record.Performer is null ? null : record.Source,
                Sound = record.DescribeSound(),
            });
            if (sound is null) continue;
            var samples = sound[Math.Min(sound.Length, Sample(start, clip.Fps))..Math.Min(sound.Length, Sample(end, clip.Fps))];
            SoundWriter.Write(Path.Combine(temporary, CorpusFolder.Audio, name + options.AudioFormat.Extension()), samples, options.AudioFormat);
        }

        return written;
    }

    private static int Sample(int frame, double fps) => (int)Math.Round(frame * Instruments.SampleRate / fps);
}

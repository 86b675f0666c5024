using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Evaluation.Published;
using Duomano.Formats.Audio;
using Duomano.Inference;

namespace Duomano.Cli;

/// <summary>A stretch of a data set whose motion is known, and the notes to generate it anew from.</summary>
/// <param name="Real">Each hand's annotated motion, as the published loader returns it.</param>
/// <param name="Music">What is played, times from the first frame.</param>
/// <param name="Hand">The hand model of the annotation.</param>
/// <param name="HandSize">Size of the hands, 1 where unknown.</param>
/// <param name="Mano">The user's own hand that plays, with the right hand's build; null for ours.</param>
internal sealed record AnnotatedWindow(PerHand<HandMotion> Real, MusicToPlay Music, PianoMotionHand Hand, float HandSize, ManoShape? Mano)
{
    private static readonly PublishedWindowOptions Options = new();

    /// <summary>The length of every window, seconds.</summary>
    public static double Seconds => Options.Seconds;

    /// <summary>Windows of a split that follow each other in their sequences, the first of each at its start.</summary>
    /// <param name="folder">The data set.</param>
    /// <param name="split">Which part of it.</param>
    /// <param name="most">How many of a sequence.</param>
    /// <param name="listen">Hears the notes of a stretch of a recording (path, start).</param>
    /// <param name="always">Whether that is done even where notes are known.</param>
    /// <param name="withSound">Whether the sound is taken, for a model that listens to it; notes are then only told where they are known.</param>
    /// <param name="hand">The user's own hand, for annotations of MANO's; null where there is none.</param>
    /// <exception cref="UnreadableFileException">A file of it cannot be read, or no window is left.</exception>
    public static IReadOnlyList<AnnotatedWindow> List(
        string folder, CorpusSplit split, int most, Func<string, double, Score> listen, bool always, bool withSound = false, HandChoice? hand = null)
    {
        var windows = new List<AnnotatedWindow>();
        var (tooShort, silent) = (0, 0);
        foreach (var item in PublishedLoader.Order(new CorpusReader(folder), split))
        {
            var sequence = CorpusReader.Load(item);
            var rows = PublishedLoader.RowsOf(sequence, Options);
            if (rows > sequence.Annotation.FrameCount) tooShort++;
            else if ((withSound || sequence.Notes.Count == 0) && item.AudioPath is null) silent++;
            else
            {
                var sound = withSound ? AudioFile.ReadMono16k(item.AudioPath!) : null;
                for (var i = 0; i < most && (i + 1) * rows <= sequence.Annotation.FrameCount; i++)
                {
                    var start = i * rows / sequence.Annotation.Fps;
                    var heard = !withSound && item.AudioPath is not null && (always || sequence.Notes.Count == 0);
                    windows.Add(Cut(sequence, i * rows, heard ? listen(item.AudioPath!, start) : new Score(sequence.Notes).Crop(start, Seconds), sound, hand));
                }
            }
        }

        if (tooShort > 0) CommandHost.Say($"left out as shorter than {Seconds} s: {tooShort} of the sequences");
        if (silent > 0) CommandHost.Say($"left out as without {(withSound ? "sound" : "notes and sound")}: {silent} of the sequences");
        return windows.Count > 0 ? windows : throw new UnreadableFileException(folder, split.ListFile(), $"has no sequence of {Seconds} s with notes or sound");
    }

    private static AnnotatedWindow Cut(CorpusSequence sequence, int firstRow, Score notes, float[]? sound, HandChoice? hand)
    {
        var first = sound is null ? 0 : PublishedLoader.FirstSample(sequence, firstRow, sound.Length);
        var window = PublishedLoader.At(sequence, firstRow, Options);
        var annotation = sequence.Annotation;
        var ours = annotation.HandModel == PianoMotionHand.Duomano.Name;
        var mano = ours || hand is null ? null : hand.AnnotatedBuild ? hand.Mano.Shape(annotation.AverageBuild(HandSide.Right)) : hand.Mano.Mean;
        return new(
            window.Rows.Map(rows => HandMotion.FromRows(rows, window.Columns)),
            new(notes, Seconds) { Sound = sound?[first..Math.Min(sound.Length, first + (int)(Seconds * AudioFile.ListeningRate))] },
            ours ? PianoMotionHand.Duomano : mano is null ? PianoMotionHand.Mano : PianoMotionHand.Of(mano),
            mano?.Skeleton(HandSide.Right).Size ?? Math.Clamp(annotation.HandSize ?? 1, HandSkeleton.SmallestSize, HandSkeleton.LargestSize),
            mano);
    }
}

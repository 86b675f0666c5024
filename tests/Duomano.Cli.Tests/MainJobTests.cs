using Duomano.Cli.Serving;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Evaluation;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Server;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>duomano generate with the bundled model, from notes to files: what it is told, it does.</summary>
public sealed class MainJobTests : IDisposable
{
    private static readonly int[] Melody = [60, 64, 67, 72, 71, 67, 65, 62, 60, 64];

    private readonly TemporaryFolder _folder = new();

    public MainJobTests() => MidiFile.Write(_folder.PathOf("in.mid"), Piece);

    private static Score Piece { get; } = new(Melody.Select((key, i) => new Note(0.3 + 0.3 * i, 0.55 + 0.3 * i, new PianoKey(key), 80)).Append(new(0.3, 1.4, new PianoKey(48), 70)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_presses_its_notes_and_differs_by_seed_by_size_and_without_contact()
    {
        var made = Generate("a.npz");
        var press = MotionReport.Measure(made, Piece.Notes).Press!;
        Assert.True(press.Notes.F1 >= 0.95, $"{press.Notes}");
        Assert.Equal(1, made.Skeletons.Right.Size, 1e-4);

        Assert.Equal(0, Apart(made, Generate("same.npz")));
        Assert.True(Apart(made, Generate("other.npz", "--seed", "2")) > 1e-3, "another seed makes the same motion");
        var large = Generate("large.npz", "--hand-size", "1.25");
        Assert.Equal(1.25, large.Skeletons.Right.Size, 1e-3);
        Assert.True(Apart(made, large) > 1e-3, "large hands move as others do");
        var raw = Generate("raw.npz", "--no-contact");
        Assert.True(Apart(made, raw) > 1e-3, "contact changes nothing");
        Assert.True(raw.FrameCount == made.FrameCount && F1(raw) >= 0.7, $"{F1(raw)}");
        var free = Generate("free.npz", "--no-contact", "--guidance", "0");
        // Of a dozen notes the network alone may hit as many; what guidance brings, evaluate tells of many.
        Assert.True(Apart(raw, free) > 1e-4 && F1(free) <= press.Notes.F1, $"guidance changes nothing, or contact for the worse: {Apart(raw, free)}, {F1(free)}");

        static double F1(TwoHandClip clip) => MotionReport.Measure(clip, Piece.Notes).Press!.Notes.F1;
    }

    [Fact]
    public void A_stretch_is_the_stretch()
    {
        var made = Generate("part.npz", "--start", "1.15", "--length", "0.9");
        Assert.Equal([72, 71, 67], made.Notes.Select(note => note.Key.Midi));
        Assert.All(made.Notes.Zip([0.05, 0.35, 0.65]), pair => Assert.Equal(pair.Second, pair.First.Onset, 0.02));
    }

    [Fact]
    public void What_is_heard_is_written_as_notes()
    {
        var (code, _, errors) = DuomanoProcess.RunIn(_folder.PathOf(""), "generate", "in.mid", "--threads", "1", "-o", "x.csv", "--notes", "notes.mid");
        Assert.True(code == 0, errors);
        var written = MidiFile.Read(_folder.PathOf("notes.mid")).Score.Notes;
        Assert.Equal(Piece.Notes.Select(note => note.Key), written.Select(note => note.Key));
        Assert.All(written, note => Assert.True(note is { Hand: not null, Finger: not null }));
    }

    [Theory]
    [InlineData(MusicKind.Midi)]
    [InlineData(MusicKind.Wav)]
    public void The_server_takes_no_longer_music_than_it_may(MusicKind kind)
    {
        WavFile.Write(_folder.PathOf("long.wav"), new AudioBuffer(new float[3 * 16_000], 16_000));
        using var maker = new UploadedMusic(Repository.PathOf("models", "duomano-small"), 1, new());
        var input = new JobInput(_folder.PathOf(kind == MusicKind.Midi ? "in.mid" : "long.wav"), "music", kind, 2, 1000);
        var error = Assert.Throws<UnreadableFileException>(() =>
        {
            maker.Inspect(input, TestContext.Current.CancellationToken);
            maker.Make(input, new Unheard(), TestContext.Current.CancellationToken);
        });
        Assert.Contains("is longer than", error.Message, StringComparison.Ordinal);
    }

    private TwoHandClip Generate(string output, params string[] options)
    {
        var (code, _, errors) = DuomanoProcess.RunIn(_folder.PathOf(""), ["generate", "in.mid", "--threads", "1", "-o", output, .. options]);
        Assert.True(code == 0, errors);
        return NpzMotion.Read(_folder.PathOf(output));
    }

    // The largest way between two wrists at the same time, metres.
    private static double Apart(TwoHandClip a, TwoHandClip b) => HandSides.Both.Max(side =>
        a.Hands[side].Translations.Zip(b.Hands[side].Translations).Max(pair => Math.Abs((double)pair.First - pair.Second)));

    private sealed class Unheard : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
        }
    }
}

using Duomano.Corpus.Composing;
using Duomano.Corpus.Sound;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;

namespace Duomano.Tests.Corpus.Composing;

/// <summary>Makes the files of the samples folder anew where the environment variable DUOMANO_MAKE_SAMPLES names a sound font.</summary>
public sealed class SampleMaker
{
    internal static readonly MidiWriteOptions Layout = new() { BeatsPerMinute = 124, TimeSignature = (3, 4) };

    // What follows the last note, seconds.
    internal const double Tail = 2;

    private static string? SoundFont => Environment.GetEnvironmentVariable("DUOMANO_MAKE_SAMPLES");

    public static bool Wanted => SoundFont is not null;

    [Fact(Skip = "Only makes files, and only where DUOMANO_MAKE_SAMPLES names a sound font.", SkipUnless = nameof(Wanted))]
    public void MakeSamples()
    {
        var score = SamplePiece.Create();
        var path = Repository.PathOf("samples", SamplePiece.FileName);
        MidiFile.Write($"{path}.mid", score, Layout);
        var settings = new SoundSettings { SoundFont = SoundFont!, ReverbLevel = 0.35, RoomSize = 0.4 };
        var samples = FluidsynthRenderer.Render(score, settings, score.Duration + Tail);
        new SoundAugmentation { PeakDb = -1.5 }.Apply(samples, Instruments.SampleRate, new(1));
        WavFile.Write($"{path}.wav", new AudioBuffer(samples, Instruments.SampleRate));
        Assert.Equal(samples.Length, WavFile.Read($"{path}.wav").Length);
    }
}

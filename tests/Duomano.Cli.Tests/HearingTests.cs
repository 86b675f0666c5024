using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>What the bundled model hears in odd recordings.</summary>
public sealed class HearingTests : IDisposable
{
    private const int Rate = 16000;
    private static readonly int[] Played = [60, 64, 67, 72, 55, 48, 76];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Silence_HasNoNotes() => Assert.Empty(Heard(new float[3 * Rate]).Notes);

    [Fact]
    public void Noise_IsNoMusic()
    {
        var noise = new float[5 * Rate];
        new SeededRandom(1).FillGaussian(noise);
        for (var i = 0; i < noise.Length; i++) noise[i] *= 0.1f;
        Assert.InRange(Heard(noise).Notes.Count, 0, 5);
    }

    [Fact]
    public void Voice_IsNoChord()
    {
        // A voice: pulses of gliding pitch through two resonances, in syllables.
        var voice = new float[5 * Rate];
        var (phase, a, b) = (0.0, new Resonance(600), new Resonance(1500));
        for (var i = 0; i < voice.Length; i++)
        {
            var time = i / (double)Rate;
            phase += (130 + 40 * Math.Sin(2.1 * time) + 15 * Math.Sin(9 * time)) / Rate;
            var pulse = phase >= 1 ? 1 : 0;
            if (phase >= 1) phase -= 1;
            voice[i] = (float)(0.5 * Math.Max(0, Math.Sin(2 * Math.PI * 2.5 * time)) * (a.Next(pulse) + b.Next(pulse)));
        }

        Assert.InRange(Heard(voice).Notes.Count, 0, 50); // ten a second
    }

    [Fact]
    public void Strings_AreHeard() => RequirePlayed(Heard(Strings()));

    [Fact]
    public void Telephone_HasTheSameKeys() => RequirePlayed(Heard(new AudioBuffer([.. Strings().Where((_, i) => i % 2 == 0)], Rate / 2)));

    [Fact]
    public void StereoWithADeadChannel_HasTheSameKeys() => RequirePlayed(Heard(new AudioBuffer([Strings(), new float[Strings().Length]], Rate)));

    [Fact]
    public void ClippedSound_HasTheSameKeys() => RequirePlayed(Heard([.. Strings().Select(sample => Math.Clamp(4 * sample, -0.3f, 0.3f))]));

    [Fact]
    public void VerySoftSound_HasTheSameKeys() => RequirePlayed(Heard([.. Strings().Select(sample => 0.03f * sample)]));

    [Fact]
    public void Transcription_IsComparedWithWhatWasPlayed()
    {
        WavFile.Write(_folder.PathOf("in.wav"), new AudioBuffer(Strings(), Rate));
        MidiFile.Write(_folder.PathOf("true.mid"), Score);
        var (code, output, errors) = DuomanoProcess.Run("transcribe", _folder.PathOf("in.wav"), "-o", _folder.PathOf("out.mid"), "--against", _folder.PathOf("true.mid"), "--threads", "1");
        Assert.True(code == 0, errors);
        Assert.Contains("notes, onset: F1 ", output, StringComparison.Ordinal);
        Assert.Contains("missed, soft: 0 of 0", output, StringComparison.Ordinal);
        RequirePlayed(MidiFile.Read(_folder.PathOf("out.mid")).Score);
    }

    private static Score Score => new(Played.Select((midi, i) => new Note(0.5 + 0.6 * i, 1 + 0.6 * i, new PianoKey(midi), 80)));

    // Struck strings: partials a little too high, the upper ones gone sooner.
    private static float[] Strings()
    {
        var samples = new float[6 * Rate];
        var random = new SeededRandom(2);
        foreach (var note in Score.Notes)
        {
            var frequency = 440 * Math.Pow(2, (note.Key.Midi - 69) / 12.0);
            for (var partial = 1; partial <= 16 && partial * frequency < 7000; partial++)
            {
                var (omega, phase) = (2 * Math.PI * partial * frequency * Math.Sqrt(1 + 0.0004 * partial * partial), random.Uniform(0, 2 * Math.PI));
                for (var i = (int)(note.Onset * Rate); i < Math.Min(samples.Length, (note.Offset + 0.3) * Rate); i++)
                {
                    var time = i / (double)Rate - note.Onset;
                    var released = Math.Max(0, i / (double)Rate - note.Offset);
                    samples[i] += (float)(0.12 / partial * Math.Min(1, time / 0.003) * Math.Exp(-(1 + 0.5 * partial) * time - 30 * released) * Math.Sin(omega * time + phase));
                }
            }
        }

        return samples;
    }

    private static void RequirePlayed(Score heard)
    {
        var matched = Evaluation.NoteMatching.Measure(Score.Notes, heard.Notes);
        // Strings without a piano around them: every key is heard, at times with the octave that their second partial is.
        Assert.True(matched is { Recall: 1, F1: >= 0.8 }, $"{matched}: {string.Join(' ', heard.Notes.Select(note => $"{note.Key}@{note.Onset:0.00}"))}");
    }

    private Score Heard(float[] samples) => Heard(new AudioBuffer(samples, Rate));

    private Score Heard(AudioBuffer sound)
    {
        var path = _folder.PathOf("in.wav");
        WavFile.Write(path, sound);
        return MusicInput.Read(path, 0, null, Repository.PathOf("models/duomano-small"), 1).Notes;
    }

    private sealed class Resonance(double frequency)
    {
        private readonly double _cosine = 2 * 0.97 * Math.Cos(2 * Math.PI * frequency / Rate);
        private double _last, _before;

        public double Next(double input)
        {
            var output = 0.2 * input + _cosine * _last - 0.97 * 0.97 * _before;
            (_before, _last) = (_last, output);
            return output;
        }
    }
}

using System.Collections.Concurrent;
using Duomano.Core.Files;
using Duomano.Core.Keyboard;
using Duomano.Formats.Audio;

namespace Duomano.Corpus.Sound;

/// <summary>An instrument of plain samples; each one is loaded when it is first played, and kept.</summary>
internal sealed class SampledInstrument
{
    // Longer samples fade out; few notes are held so long.
    private const double Longest = 12;
    private const double Fade = 1;

    // What comes before a sample's attack, silence and the noise of the key, is what is softer than this, times its peak, less a
    // moment: so all instruments sound as long after a note's onset, within a few milliseconds.
    private const float Silence = 0.05f;
    private const double Moment = 0.003;

    private static readonly ConcurrentDictionary<string, Lazy<SampledInstrument>> Known = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Lazy<Sample>> _samples = new(StringComparer.Ordinal);
    private readonly SampleRegion[] _regions;

    private SampledInstrument(IEnumerable<SampleRegion> regions) => _regions = [.. regions];

    /// <summary>The instrument of a folder or an .sfz.</summary>
    /// <exception cref="UnreadableFileException">There is none in it.</exception>
    public static SampledInstrument Of(string path) => Known.GetOrAdd(
        Path.GetFullPath(path), full => new(() => new(Directory.Exists(full) ? SampleFolder.Read(full) : SfzFile.Read(full)))).Value;

    /// <summary>The sample for a key struck with some velocity; the nearest one where none is meant for it.</summary>
    /// <exception cref="UnreadableFileException">The sample cannot be read.</exception>
    public (SampleRegion Region, Sample Sample) Find(PianoKey key, int velocity)
    {
        var region = _regions.MinBy(region => region.Distance(key.Midi, velocity))!;
        return (region, _samples.GetOrAdd(region.Path, path => new(() => Load(path))).Value);
    }

    private static Sample Load(string path)
    {
        var sound = AudioFile.ReadMono16k(path);
        var peak = sound.Select(MathF.Abs).DefaultIfEmpty().Max();
        if (peak == 0) throw new UnreadableFileException(path, "", "is silent; a sample of an instrument is not.");
        var attack = Array.FindIndex(sound, value => MathF.Abs(value) > Silence * peak);
        var start = Math.Max(0, attack - (int)(Moment * Instruments.SampleRate));
        var length = Math.Min(sound.Length - start, (int)(Longest * Instruments.SampleRate));
        var faded = start + length < sound.Length ? (int)(Fade * Instruments.SampleRate) : 0;
        var values = new short[length];
        for (var i = 0; i < length; i++)
        {
            var level = i > length - faded ? (length - i) / (float)faded : 1;
            values[i] = (short)MathF.Round(level * sound[start + i] / peak * short.MaxValue);
        }

        return new(values, peak / short.MaxValue);
    }

    /// <summary>One sound, mono at <see cref="Instruments.SampleRate"/>, from its attack on.</summary>
    /// <param name="Values">The samples, up to 32767; half the memory of floating point.</param>
    /// <param name="Scale">What to multiply them with.</param>
    public sealed record Sample(short[] Values, float Scale);
}

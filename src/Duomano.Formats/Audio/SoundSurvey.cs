namespace Duomano.Formats.Audio;

/// <summary>What a recording is like as a whole, which has to be known before it is heard.</summary>
public sealed class SoundSurvey
{
    // Between these peaks recordings are left as they are.
    private const double Quiet = 0.05;
    private const double Loud = 1;

    // Peaks that quiet and loud recordings are brought to, and the most that a quiet one is raised by (40 dB).
    private const double RaisedPeak = 0.25;
    private const double LoweredPeak = 0.5;
    private const double MostGain = 100;

    // Stereo whose difference has so many times the energy of its sum is in antiphase.
    private const double Antiphase = 4;

    private double _sum;
    private double _difference;

    internal SoundSurvey()
    {
    }

    /// <summary>Largest absolute sample of the mix that is heard, before its level is changed.</summary>
    public double Peak => IsInAntiphase ? DifferencePeak : SumPeak;

    /// <summary>Whether the right channel is the left one upside down, so that their sum would cancel.</summary>
    public bool IsInAntiphase => _difference > Antiphase * _sum;

    /// <summary>What samples are multiplied by before they are heard.</summary>
    public double Gain => Peak switch
    {
        0 => 1,
        > Loud => LoweredPeak / Peak,
        < Quiet => Math.Min(MostGain, RaisedPeak / Peak),
        _ => 1,
    };

    /// <summary>What was wrong with the file, a line each.</summary>
    public IReadOnlyList<string> Warnings { get; internal set; } = [];

    private double SumPeak { get; set; }

    private double DifferencePeak { get; set; }

    internal void Add(ReadOnlySpan<float> samples, int channels)
    {
        for (var i = 0; i + channels <= samples.Length; i += channels)
        {
            var sum = 0.0;
            for (var channel = 0; channel < channels; channel++) sum += samples[i + channel];
            sum /= channels;
            _sum += sum * sum;
            SumPeak = Math.Max(SumPeak, Math.Abs(sum));
            if (channels != 2) continue;
            var difference = (samples[i] - samples[i + 1]) / 2.0;
            _difference += difference * difference;
            DifferencePeak = Math.Max(DifferencePeak, Math.Abs(difference));
        }
    }
}

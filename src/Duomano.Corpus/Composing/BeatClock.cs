namespace Duomano.Corpus.Composing;

/// <summary>When a beat sounds: a tempo that breathes with the phrases and slows down at the end.</summary>
internal sealed class BeatClock
{
    private const int StepsPerBeat = 16;
    private const double FinalBeats = 4;
    private readonly double[] _seconds;

    /// <summary>Lays out a piece of some beats.</summary>
    public BeatClock(Interpretation how, double endBeat)
    {
        _seconds = new double[(int)Math.Ceiling(endBeat * StepsPerBeat) + 2];
        for (var i = 1; i < _seconds.Length; i++)
        {
            var beat = (i - 0.5) / StepsPerBeat;
            var tempo = how.Tempo * (1 + how.Rubato * (Math.Sin(Math.PI * (beat % how.PhraseBeats) / how.PhraseBeats) - 0.5));
            var toEnd = Math.Clamp((beat - (endBeat - FinalBeats)) / FinalBeats, 0, 1);
            tempo *= 1 - how.FinalSlowing * toEnd;
            _seconds[i] = _seconds[i - 1] + 60 / tempo / StepsPerBeat;
        }
    }

    /// <summary>Seconds from the piece's start to a beat.</summary>
    public double Seconds(double beat)
    {
        var position = Math.Clamp(beat * StepsPerBeat, 0, _seconds.Length - 1);
        var below = Math.Min((int)position, _seconds.Length - 2);
        return _seconds[below] + (position - below) * (_seconds[below + 1] - _seconds[below]);
    }
}

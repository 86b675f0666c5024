using BenchmarkDotNet.Attributes;
using Duomano.Core.Music;
using Duomano.Inference.Listening;
using Duomano.Inference.Onnx;

namespace Duomano.Benchmarks;

/// <summary>From sound to notes: whole, in pieces as it arrives, and on one thread. The sound is a tone for each note, as long as the piece.</summary>
public class Hearing
{
    // Pieces of a second.
    private const int Piece = 16000;

    private Listener _listener = null!;
    private Listener _alone = null!;
    private float[] _sound = null!;

    [GlobalSetup]
    public void Load()
    {
        _listener = Listener.Load(Minuet.Model, new OnnxThreading { IntraOperation = Minuet.Threads });
        _alone = Listener.Load(Minuet.Model, new OnnxThreading { IntraOperation = 1 });
        _sound = new float[(int)(Minuet.Seconds * Piece)];
        foreach (var note in Minuet.Score.Notes)
        {
            var (first, hertz) = ((int)(note.Onset * Piece), 440 * Math.Pow(2, (note.Key.Midi - 69) / 12.0));
            for (var i = 0; i < Piece && first + i < _sound.Length; i++) _sound[first + i] += (float)(0.1 * Math.Exp(-3.0 * i / Piece) * Math.Sin(Math.Tau * hertz * i / Piece));
        }
    }

    [GlobalCleanup]
    public void Unload()
    {
        _listener.Dispose();
        _alone.Dispose();
    }

    [Benchmark(Baseline = true)]
    public Score Whole() => _listener.Transcribe(_sound);

    [Benchmark]
    public Score InPieces() => _listener.Transcribe(_sound.Chunk(Piece));

    [Benchmark]
    public Score OnOneThread() => _alone.Transcribe(_sound);
}

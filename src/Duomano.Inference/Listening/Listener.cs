using Duomano.Core.Files;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Inference.Onnx;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Listening;
using Duomano.Networks.Tensors;

namespace Duomano.Inference.Listening;

/// <summary>
/// Hears the notes and the pedal in a recording. Sound goes through the network in pieces that overlap by all that one output frame
/// depends on but for what is remembered, which is handed on, so that memory stays the same however long the recording is, and the notes do not depend on the pieces.
/// Not for several threads at once.
/// </summary>
public sealed class Listener : IDisposable
{
    private const string Samples = "samples";
    private const string Heard = "heard";

    // What is remembered of the pieces before, going in and coming out.
    private static readonly string[] Remembered = ["scene_before", "keys_before"];
    private static readonly string[] Remembering = ["scene_after", "keys_after"];

    private readonly ListeningConfig _config;
    private readonly OnnxModel _network;
    private readonly int _pieceFrames;

    /// <summary>Builds the network.</summary>
    /// <param name="model">Its sizes and how its outputs are made notes.</param>
    /// <param name="weights">Its trained values.</param>
    /// <param name="threading">How it may use the processor; one thread if not given.</param>
    /// <param name="pieceFrames">Frames heard in one go.</param>
    /// <exception cref="ArgumentException">The weights are not of such a network.</exception>
    public Listener(ListeningModel model, StateDict weights, OnnxThreading? threading = null, int pieceFrames = 500)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceFrames, 1);
        Decoder = model.Decoder;
        _config = model.Network;
        _pieceFrames = pieceFrames;
        var frames = pieceFrames + 2 * _config.ContextFrames;
        var graph = new OnnxGraph(weights);
        var levels = ConstantQ.Levels(graph, _config, graph.Input(Samples, 1, ConstantQ.SamplesFor(_config, frames)));
        var before = new ListeningMemory<OnnxValue>(graph.Input(Remembered[0], 1, _config.SceneMemory), graph.Input(Remembered[1], PianoKey.Count, _config.KeyMemory));
        var (logits, after) = ListeningNetwork.Hear(graph, _config, levels, before, _config.ContextFrames);
        graph.Output(Heard, ListeningNetwork.Activations(graph, logits));
        graph.Output(Remembering[0], after.Scene);
        graph.Output(Remembering[1], after.Keys);
        _network = new OnnxModel(graph, threading);
    }

    /// <summary>How outputs are made notes.</summary>
    public NoteDecoderOptions Decoder { get; }

    /// <summary>Samples a second of the sound it wants.</summary>
    public int SampleRate => _config.SampleRate;

    /// <summary>Loads the listening network of a model directory.</summary>
    /// <param name="folder">The directory, with config.json and listening.safetensors.</param>
    /// <param name="threading">How it may use the processor; one thread if not given.</param>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    /// <exception cref="UnreadableFileException">One of the files is not what it should be.</exception>
    public static Listener Load(string folder, OnnxThreading? threading = null)
    {
        var model = ListeningModel.Read(folder);
        var path = Path.Combine(folder, ListeningModel.WeightsName);
        var weights = Safetensors.Read(path).Tensors;
        try
        {
            return new Listener(model, weights, threading);
        }
        catch (ArgumentException misfit)
        {
            throw new UnreadableFileException(path, "", misfit.Message.Split('\n')[0], misfit);
        }
    }

    /// <summary>Hears a whole recording.</summary>
    /// <param name="samples">Mono at <see cref="SampleRate"/>.</param>
    /// <param name="decoder">How outputs are made notes, if not the model's own way.</param>
    public Score Transcribe(ReadOnlySpan<float> samples, NoteDecoderOptions? decoder = null)
    {
        var session = Begin(decoder);
        session.Push(samples);
        return session.Finish();
    }

    /// <summary>Hears a recording that comes in pieces.</summary>
    /// <param name="pieces">Consecutive samples, mono at <see cref="SampleRate"/>.</param>
    public Score Transcribe(IEnumerable<float[]> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var session = Begin();
        foreach (var piece in pieces) session.Push(piece);
        return session.Finish();
    }

    /// <summary>Starts a recording whose samples will be pushed.</summary>
    /// <param name="decoder">How outputs are made notes, if not the model's own way.</param>
    public Session Begin(NoteDecoderOptions? decoder = null) => new(this, decoder ?? Decoder);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>A recording that is being heard.</summary>
    public sealed class Session
    {
        private readonly Listener _listener;
        private readonly NoteDecoder _decoder;
        private readonly float[] _waiting;
        private readonly float[][] _memory;
        private int _filled;
        private long _samples;
        private long _frames;

        internal Session(Listener listener, NoteDecoderOptions decoder)
        {
            _listener = listener;
            _decoder = new NoteDecoder(decoder, listener._config.FrameSeconds);
            _waiting = new float[listener._network[Samples].Length];
            _memory = [.. Remembered.Select(name => new float[listener._network[name].Length])];
            // Before a recording there is silence.
            _filled = (listener._config.ContextFrames + listener._config.ContextHops) * listener._config.HopSamples;
        }

        /// <summary>Takes the next samples.</summary>
        /// <param name="samples">Mono at the listener's sample rate.</param>
        public void Push(ReadOnlySpan<float> samples)
        {
            _samples += samples.Length;
            while (!samples.IsEmpty)
            {
                var count = Math.Min(samples.Length, _waiting.Length - _filled);
                samples[..count].CopyTo(_waiting.AsSpan(_filled));
                samples = samples[count..];
                _filled += count;
                if (_filled == _waiting.Length) Hear(_listener._pieceFrames);
            }
        }

        /// <summary>Hears what is left and gives all notes and the pedal.</summary>
        public Score Finish()
        {
            var all = _samples / _listener._config.HopSamples + 1;
            while (_frames < all)
            {
                _waiting.AsSpan(_filled).Clear();
                Hear((int)Math.Min(_listener._pieceFrames, all - _frames));
            }

            return _decoder.Finish();
        }

        private void Hear(int frames)
        {
            var network = _listener._network;
            network.Set(Samples, _waiting);
            for (var i = 0; i < _memory.Length; i++) network.Set(Remembered[i], _memory[i]);
            network.Run();
            for (var i = 0; i < _memory.Length; i++) network[Remembering[i]].CopyTo(_memory[i]);
            _decoder.Push(network[Heard], _listener._pieceFrames, frames);
            _frames += frames;

            // What the next piece still depends on moves to the front.
            var passed = _listener._pieceFrames * _listener._config.HopSamples;
            _waiting.AsSpan(passed).CopyTo(_waiting);
            _filled = Math.Max(0, _filled - passed);
        }
    }
}

using Duomano.Core.Fingering;
using Duomano.Training.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Duomano.Training.Fingering;

/// <summary>A <see cref="NoteTagger"/> in torch, to train it. Sequences are [notes × batch × features].</summary>
internal sealed class TaggerModule : IDisposable
{
    private readonly NoteTagger _shape;
    private readonly TorchSharp.Modules.Linear _rows;
    private readonly TorchSharp.Modules.GRU[] _layers;
    private readonly TorchSharp.Modules.Linear _last;

    public TaggerModule(NoteTagger shape)
    {
        _shape = shape;
        _rows = nn.Linear(shape.Features, shape.Width);
        _layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => nn.GRU(shape.Inputs(layer), shape.Hidden, bidirectional: true))];
        _last = nn.Linear(2 * shape.Hidden, shape.Answers);

        // Some hundred of the features are there at once, not all of them.
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        nn.init.normal_(_rows.weight!, 0, 0.05);
        nn.init.zeros_(_rows.bias!);
    }

    /// <summary>All parameters by name, in a fixed order.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> Parameters =>
    [
        .. _rows.named_parameters().Select(entry => KeyValuePair.Create("rows." + entry.name, (Tensor)entry.parameter)),
        .. _layers.SelectMany((layer, number) => layer.named_parameters().Select(entry => KeyValuePair.Create($"layers.{number}.{entry.name}", (Tensor)entry.parameter))),
        .. _last.named_parameters().Select(entry => KeyValuePair.Create("last." + entry.name, (Tensor)entry.parameter)),
    ];

    /// <summary>Scores of the answers [notes × batch × answers].</summary>
    /// <param name="features">1 where a feature is there.</param>
    /// <param name="dropout">Share of the values between layers that are left out.</param>
    public Tensor Forward(Tensor features, double dropout)
    {
        var sequence = nn.functional.relu(_rows.call(features));
        foreach (var layer in _layers)
        {
            if (dropout > 0) sequence = nn.functional.dropout(sequence, dropout, true);
            sequence = layer.call(sequence).Item1;
        }

        if (dropout > 0) sequence = nn.functional.dropout(sequence, dropout, true);
        return _last.call(sequence);
    }

    /// <summary>The network as it is now.</summary>
    public NoteTagger ToNetwork()
    {
        var named = Parameters.ToDictionary(entry => entry.Key, entry => entry.Value.data<float>().ToArray());
        var network = new NoteTagger(_shape.Features, _shape.Width, _shape.Hidden, _shape.Layers, _shape.Answers);
        var rows = named["rows.weight"];
        for (var feature = 0; feature < _shape.Features; feature++)
        {
            for (var unit = 0; unit < _shape.Width; unit++) network.Rows[feature * _shape.Width + unit] = rows[unit * _shape.Features + feature];
        }

        named["rows.bias"].CopyTo(network.RowBias);
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            foreach (var backwards in (bool[])[false, true])
            {
                var direction = network.Of(layer, backwards);
                var ending = backwards ? "_l0_reverse" : "_l0";
                named[$"layers.{layer}.weight_ih{ending}"].CopyTo(direction.InputWeights);
                named[$"layers.{layer}.weight_hh{ending}"].CopyTo(direction.StateWeights);
                named[$"layers.{layer}.bias_ih{ending}"].CopyTo(direction.InputBias);
                named[$"layers.{layer}.bias_hh{ending}"].CopyTo(direction.StateBias);
            }
        }

        named["last.weight"].CopyTo(network.LastWeights);
        named["last.bias"].CopyTo(network.LastBias);
        return network;
    }

    /// <summary>Takes over what a network has learned; its last layer only if it scores as many answers.</summary>
    /// <param name="network">A network of the same sizes but for the answers.</param>
    public void Load(NoteTagger network)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var named = Parameters.ToDictionary(entry => entry.Key, entry => entry.Value);
        var rows = new float[network.Rows.Length];
        for (var feature = 0; feature < network.Features; feature++)
        {
            for (var unit = 0; unit < network.Width; unit++) rows[unit * network.Features + feature] = network.Rows[feature * network.Width + unit];
        }

        Set("rows.weight", rows);
        Set("rows.bias", network.RowBias);
        for (var layer = 0; layer < network.Layers; layer++)
        {
            foreach (var backwards in (bool[])[false, true])
            {
                var direction = network.Of(layer, backwards);
                var ending = backwards ? "_l0_reverse" : "_l0";
                Set($"layers.{layer}.weight_ih{ending}", direction.InputWeights.Span);
                Set($"layers.{layer}.weight_hh{ending}", direction.StateWeights.Span);
                Set($"layers.{layer}.bias_ih{ending}", direction.InputBias.Span);
                Set($"layers.{layer}.bias_hh{ending}", direction.StateBias.Span);
            }
        }

        if (network.Answers == _shape.Answers)
        {
            Set("last.weight", network.LastWeights);
            Set("last.bias", network.LastBias);
        }
        else
        {
            nn.init.zeros_(named["last.weight"]);
            nn.init.zeros_(named["last.bias"]);
        }

        void Set(string name, ReadOnlySpan<float> values) => values.CopyTo(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(named[name].bytes));
    }

    public void Dispose()
    {
        _rows.Dispose();
        foreach (var layer in _layers) layer.Dispose();
        _last.Dispose();
    }
}

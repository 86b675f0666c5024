using Duomano.Core.Hands;

namespace Duomano.Core.Fingering;

/// <summary>Asks a network how unlikely it is that a hand plays a note, after hands chosen for the notes before.</summary>
/// <param name="network">The network.</param>
/// <param name="features">The piece's features.</param>
/// <param name="contexts">What the network starts from at each note.</param>
internal sealed class HandJudge(NoteNetwork network, HandFeatures features, float[] contexts)
{
    private readonly int[] _list = new int[HandFeatures.Most];
    private readonly float[] _context = new float[network.Hidden];
    private readonly float[] _sum = new float[network.Hidden];
    private readonly float[] _logarithms = new float[2];
    private int _index;

    /// <summary>Goes to a note.</summary>
    public void Begin(int index)
    {
        _index = index;
        contexts.AsSpan(index * network.Hidden, network.Hidden).CopyTo(_context);
        network.Add(_list.AsSpan(0, features.Context(index, _list)), _context);
    }

    /// <summary>Minus the logarithm of the probability of each hand.</summary>
    /// <param name="history">The hands of the notes before, the latest in the lowest bit, set for right.</param>
    public PerHand<double> Unlikely(ulong history)
    {
        _context.CopyTo(_sum, 0);
        network.Add(_list.AsSpan(0, features.History(_index, history, _list)), _sum);
        network.Judge(_sum, _logarithms);
        return new(-_logarithms[(int)HandSide.Left], -_logarithms[(int)HandSide.Right]);
    }
}

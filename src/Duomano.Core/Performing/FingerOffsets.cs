using System.Numerics;

namespace Duomano.Core.Performing;

/// <summary>How five pads depart, smoothly in time, from where they would be by themselves, so as to keep clear of each other.</summary>
internal sealed class FingerOffsets(int frames, double fps)
{
    private const double MovesUpTo = 5;

    // Weight of not moving where nothing is asked.
    private const double Stay = 0.03;

    private readonly Vector3[] _offsets = new Vector3[frames * 5];
    private readonly Vector3[] _wishes = new Vector3[frames * 5];
    private readonly float[] _weights = new float[frames * 5];
    private readonly bool[] _asked = new bool[5];

    /// <summary>A pad's departure, metres.</summary>
    public Vector3 this[int frame, int slot] => _offsets[frame * 5 + slot];

    /// <summary>Asks a pad to move.</summary>
    public void Ask(int frame, int slot, Vector3 move)
    {
        _wishes[frame * 5 + slot] += move;
        _weights[frame * 5 + slot] = 1;
        _asked[slot] = true;
    }

    /// <summary>Gives in to what was asked since the last time.</summary>
    public void GiveIn()
    {
        var (sums, weights) = (new double[frames], new double[frames]);
        var strength = PathSmoother.Strength(MovesUpTo, fps);
        for (var slot = 0; slot < 5; slot++)
        {
            if (!_asked[slot]) continue;
            _asked[slot] = false;
            for (var axis = 0; axis < 3; axis++)
            {
                for (var i = 0; i < frames; i++)
                {
                    weights[i] = Stay + _weights[i * 5 + slot];
                    sums[i] = _weights[i * 5 + slot] * _wishes[i * 5 + slot][axis];
                }

                var moves = PathSmoother.Solve(sums, weights, strength);
                for (var i = 0; i < frames; i++) _offsets[i * 5 + slot][axis] += (float)moves[i];
            }
        }

        Array.Clear(_wishes);
        Array.Clear(_weights);
    }
}
